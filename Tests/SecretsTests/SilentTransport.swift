import FetchCore
import Testing

/// A transport that reports each request and never responds.
final class SilentTransport: FetchTransport {
    private let arrivals = AsyncStream.makeStream(of: FetchRequest.self)
    private let never = AsyncStream.makeStream(of: Never.self)

    func send(_ request: FetchRequest) async throws -> FetchResponse {
        arrivals.continuation.yield(request)
        for await _ in never.stream {}
        throw CancellationError()
    }

    /// Suspends until a request arrives. Throws if it does not contain the key.
    func arrival(carrying key: String) async throws {
        for await request in arrivals.stream {
            try #require(request.headers.fields.contains { $0.value.contains(key) })
            return
        }
    }
}
