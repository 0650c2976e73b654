public import FetchCore

extension LoopbackServer {
    /// Creates a server that does with each request what a function says: for a service that does wrong now and then, and
    /// remembers what it told whom.
    ///
    /// - Parameter answer: What to do with a request. It is called from many tasks at once; where the client goes away before
    ///   the answer, its task is cancelled. A fault at ``LoopbackMoment/onAccept`` comes as if it were
    ///   ``LoopbackMoment/afterRequest``.
    /// - Throws: An error that names the system call that failed, such as when no descriptor is left.
    public convenience init(answering answer: @escaping @Sendable (FetchRequest) async -> LoopbackAnswer) throws {
        try self.init(LoopbackDesk(answer: answer), acceptsConnections: true)
    }
}

/// A function that says what to do with each request.
struct LoopbackDesk: LoopbackService {
    let answer: @Sendable (FetchRequest) async -> LoopbackAnswer

    func greeting() -> LoopbackFault.Ending? { nil }

    func answer(to request: FetchRequest) async -> LoopbackAnswer? { await answer(request) }
}
