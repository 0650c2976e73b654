import FetchCore

/// Never answers, and tells when it is asked and when its client has gone.
final class SilentService: FetchTransport {
    private let arrivals = AsyncStream.makeStream(of: Void.self)
    private let departures = AsyncStream.makeStream(of: Void.self)
    private let silence = AsyncStream.makeStream(of: Never.self)

    func send(_ request: FetchRequest) async throws -> FetchResponse {
        arrivals.continuation.yield()
        for await _ in silence.stream {}
        departures.continuation.yield()
        throw CancellationError()
    }

    /// Returns when a request has arrived.
    func arrival() async { for await _ in arrivals.stream { break } }

    /// Returns when the client of a request has gone.
    func departure() async { for await _ in departures.stream { break } }
}
