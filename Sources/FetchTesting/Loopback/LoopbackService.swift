import FetchCore

/// A type that decides how a ``LoopbackServer`` reacts to connections and requests.
protocol LoopbackService: Sendable {
    /// Returns the way in which a new connection ends before anything is read from it, or `nil` to serve it.
    func endingOnAccept() -> LoopbackFault.Ending?

    /// Returns the response to a request, or `nil` to close the connection without a response.
    func response(to request: FetchRequest) async -> LoopbackResponse?
}

/// A service that passes each request to a transport.
struct TransportService: LoopbackService {
    let transport: any FetchTransport

    func endingOnAccept() -> LoopbackFault.Ending? { nil }

    func response(to request: FetchRequest) async -> LoopbackResponse? {
        (try? await transport.send(request)).map(LoopbackResponse.response)
    }
}
