/// The point of an HTTP exchange at which a ``LoopbackFault`` happens.
public enum LoopbackMoment: Sendable, Hashable {
    /// After the connection is accepted. The request isn't read and isn't recorded in ``LoopbackScript/requests``.
    ///
    /// A script plays the fault when the next connection is accepted. If another request arrives on an open connection
    /// first, the fault has the effect of ``afterRequest``.
    case onAccept

    /// After the request has been read, before any byte of the response is sent.
    case afterRequest

    /// After this number of bytes of the head. The value is clamped to 0 and the length of the head minus one.
    ///
    /// With the URLSession of Swift 6.3 on Linux, a connection that ends here terminates the client's process. Silence
    /// is safe there, and so are other clients.
    case inHead(after: Int)

    /// After the head, including its empty line, and before the body.
    case afterHead

    /// After this number of bytes of the body. The value is clamped to 0 and the length of the body minus one.
    case inBody(after: Int)
}
