public import FetchCore

extension LoopbackServer {
    /// Creates a server that passes each request to a closure.
    ///
    /// - Parameter answer: Returns the server's answer to a request. It is called concurrently. Its task is cancelled if the client
    ///   closes the connection before the answer. A fault at ``LoopbackMoment/onAccept`` has the effect of
    ///   ``LoopbackMoment/afterRequest``.
    /// - Throws: An error that names the system call that failed, for example because no descriptor is available.
    public convenience init(answering answer: @escaping @Sendable (FetchRequest) async -> LoopbackAnswer) throws {
        try self.init(ClosureService(answer: answer), acceptsConnections: true)
    }
}

/// A service that passes each request to a closure.
struct ClosureService: LoopbackService {
    let answer: @Sendable (FetchRequest) async -> LoopbackAnswer

    func endingOnAccept() -> LoopbackFault.Ending? { nil }

    func answer(to request: FetchRequest) async -> LoopbackAnswer? { await answer(request) }
}
