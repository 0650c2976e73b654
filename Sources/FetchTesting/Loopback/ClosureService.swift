public import FetchCore

extension LoopbackServer {
    /// Creates a server that passes each request to a closure.
    ///
    /// - Parameter respond: Returns the server's response to a request. It is called concurrently. Its task is
    ///   cancelled if the client closes the connection before the response. A fault at ``LoopbackMoment/onAccept`` has
    ///   the effect of ``LoopbackMoment/afterRequest``.
    /// - Throws: An error that names the system call that failed, for example because no descriptor is available.
    public convenience init(
        respondingWith respond: @escaping @Sendable (FetchRequest) async -> LoopbackResponse
    ) throws {
        try self.init(ClosureService(respond: respond), acceptsConnections: true)
    }
}

/// A service that passes each request to a closure.
struct ClosureService: LoopbackService {
    let respond: @Sendable (FetchRequest) async -> LoopbackResponse

    func endingOnAccept() -> LoopbackFault.Ending? { nil }

    func response(to request: FetchRequest) async -> LoopbackResponse? { await respond(request) }
}
