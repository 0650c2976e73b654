import FetchAsyncHTTPClient
import FetchTesting
import Testing

@Suite("Conformance of the AsyncHTTPClient transport")
struct TransportConformanceTests {
    @Test func `the transport meets the contract, with a known exception`() async throws {
        try await TransportConformance { AsyncHTTPClientTransport() }
            .except(.incompleteStream, because: "AsyncHTTPClient drops bytes that it hasn't handed over.")
            .check()
    }
}
