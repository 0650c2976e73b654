/// How far a request and its answer have come when a ``LoopbackFault`` happens.
public enum LoopbackMoment: Sendable, Hashable {
    /// The connection has been accepted. The request isn't read, and isn't in ``LoopbackScript/requests``.
    ///
    /// It takes the place of an answer when a connection comes, not when another request comes on one that is kept: such a
    /// request gets the fault as if it were ``afterRequest``.
    case onAccept

    /// The request has been read, and nothing is sent.
    case afterRequest

    /// The first bytes of the head have been sent, at the most all but its last.
    ///
    /// With the URLSession of Swift 6.3 on Linux, a connection that ends here ends the process that asks. Other clients
    /// and silence can be tried.
    case inHead(after: Int)

    /// The head has been sent, its empty line included, and nothing of the body.
    case afterHead

    /// The first bytes of the body have been sent, at the most all but its last.
    case inBody(after: Int)
}
