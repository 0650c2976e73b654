import FetchCore
import Testing

/// Never answers, and tells what it was asked.
final class WaitingService: FetchTransport {
    private let arrivals = AsyncStream.makeStream(of: FetchRequest.self)
    private let silence = AsyncStream.makeStream(of: Never.self)

    func send(_ request: FetchRequest) async throws -> FetchResponse {
        arrivals.continuation.yield(request)
        for await _ in silence.stream {}
        throw CancellationError()
    }

    /// Returns when a request has arrived that carries the key.
    func arrival(carrying key: String) async throws {
        for await request in arrivals.stream {
            try #require(request.headers.fields.contains { $0.value.contains(key) })
            return
        }
    }
}
