import FetchCore

/// What stands behind the sockets of a ``LoopbackServer``.
protocol LoopbackService: Sendable {
    /// How a connection ends that has just come, before anything is read from it; nil where it is served.
    func greeting() -> LoopbackFault.Ending?

    /// What to do with a request; nil to close the connection without an answer.
    func answer(to request: FetchRequest) async -> LoopbackAnswer?
}

/// A transport turned round.
struct TransportService: LoopbackService {
    let transport: any FetchTransport

    func greeting() -> LoopbackFault.Ending? { nil }

    func answer(to request: FetchRequest) async -> LoopbackAnswer? {
        (try? await transport.send(request)).map(LoopbackAnswer.response)
    }
}
