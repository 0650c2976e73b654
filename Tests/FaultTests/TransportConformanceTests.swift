import FetchCurl
import FetchTesting
import FetchURLSession
import Testing

@Suite("The contract of transports")
struct TransportConformanceTests {
    @Test func `is kept by curl`() async throws {
        try await TransportConformance {
            try CurlTransport()
        } shutDown: { transport in
            await transport.shutdown()
        }
        .check()
    }

    @Test func `is kept by curl without a shutdown`() async throws {
        try await TransportConformance { try CurlTransport() }.check()
    }

    @Test func `is kept by URLSession, but for what it can't do`() async throws {
        try await TransportConformance { URLSessionTransport() }
            .except(.bodyWithGet, because: "URLSession sends no body with GET.")
            .except(.dotSegments, because: "URLSession resolves dot segments on Linux.")
            .except(.repeatedRequestFields, because: "URLSession joins fields of one name.")
            .except(.repeatedResponseFields, because: "URLSession joins fields of one name.")
            .except(.responseFieldOrder, because: "URLSession keeps fields in a dictionary.")
            .except(.brokenHead, because: "A head that breaks off ends the process, within Foundation on Linux.")
            .except(.trailers, because: "A trailer ends the process, within Foundation on Linux.")
            .check()
    }
}
