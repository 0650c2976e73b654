package import FetchCore

/// A transport or service that never responds. It reports the arrival and the cancellation of its requests.
package final class UnresponsiveTransport: FetchTransport {
    private let arrivals = AsyncStream.makeStream(of: FetchRequest.self)
    private let cancellations = AsyncStream.makeStream(of: Void.self)
    private let silence = AsyncStream.makeStream(of: Never.self)

    /// Creates a transport.
    package init() {}

    package func send(_ request: FetchRequest) async throws -> FetchResponse {
        arrivals.continuation.yield(request)
        for await _ in silence.stream {}
        cancellations.continuation.yield()
        throw CancellationError()
    }

    /// Waits until a request has arrived and returns it. Returns `nil` if the current task is cancelled.
    @discardableResult
    package func arrival() async -> FetchRequest? {
        for await request in arrivals.stream { return request }
        return nil
    }

    /// Returns when a request has been cancelled: by its task, or because its connection was closed.
    package func cancellation() async { for await _ in cancellations.stream { break } }
}
