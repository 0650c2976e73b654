import FetchCore

/// A service that never responds. It reports the arrival and the cancellation of its requests.
final class SilentService: FetchTransport {
    private let arrivals = AsyncStream.makeStream(of: Void.self)
    private let cancellations = AsyncStream.makeStream(of: Void.self)
    private let silence = AsyncStream.makeStream(of: Never.self)

    func send(_ request: FetchRequest) async throws -> FetchResponse {
        arrivals.continuation.yield()
        for await _ in silence.stream {}
        cancellations.continuation.yield()
        throw CancellationError()
    }

    /// Returns when a request has arrived.
    func arrival() async { for await _ in arrivals.stream { break } }

    /// Returns when a request has been cancelled because its connection was closed.
    func cancellation() async { for await _ in cancellations.stream { break } }
}
