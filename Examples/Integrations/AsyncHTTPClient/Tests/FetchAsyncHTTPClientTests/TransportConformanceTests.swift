import FetchAsyncHTTPClient
import FetchTesting
import Testing

@Suite("The AsyncHTTPClient transport")
struct TransportConformanceTests {
    @Test func `keeps the contract of transports`() async throws {
        try await TransportConformance { AsyncHTTPClientTransport() }.check()
    }
}
