import FetchAsyncHTTPClient
import FetchTesting
import Testing

@Suite("Conformance of the AsyncHTTPClient transport")
struct TransportConformanceTests {
    @Test func `the transport meets the contract`() async throws {
        try await TransportConformance { AsyncHTTPClientTransport() }.check()
    }
}
