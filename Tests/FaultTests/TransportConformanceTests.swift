import FetchCurl
import FetchTesting
import FetchURLSession
import Testing

@Suite("Transport conformance")
struct TransportConformanceTests {
    @Test func `curl conforms`() async throws {
        try await TransportConformance {
            try CurlTransport()
        } shutDown: { transport in
            await transport.shutdown()
        }
        .check()
    }

    @Test func `curl conforms without a shutdown`() async throws {
        try await TransportConformance { try CurlTransport() }.check()
    }

    @Test func `URLSession conforms with known exceptions`() async throws {
        try await TransportConformance { URLSessionTransport() }
            .except(.bodyWithGet, because: "URLSession doesn't send a body with GET.")
            .except(.dotSegments, because: "URLSession resolves dot segments on Linux.")
            .except(.repeatedRequestFields, because: "URLSession joins fields with the same name.")
            .except(.repeatedResponseFields, because: "URLSession joins fields with the same name.")
            .except(.responseFieldOrder, because: "URLSession stores fields in a dictionary.")
            .except(.brokenHead, because: "Foundation on Linux crashes on a truncated head.")
            .except(.trailers, because: "Foundation on Linux crashes on a trailer.")
            .except(.backPressure, because: "Foundation on Linux can't pause a task.")
            .except(.identity, because: "URLSession decodes every body.")
            .check()
    }
}
