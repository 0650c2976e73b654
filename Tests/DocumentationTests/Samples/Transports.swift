import FetchCurl
import FetchTesting
import FetchURLSession
import Testing

/// The samples of Documentation/Testing.md and of FetchTesting that are about transports. The first two are tests themselves.
@Suite struct TransportSamples {
    @Test func `keeps the contract of transports`() async throws {
        try await TransportConformance { try CurlTransport() }.check()
    }

    @Suite struct WithShutdown {
        @Test func `keeps the contract of transports`() async throws {
            try await TransportConformance {
                try CurlTransport()
            } shutDown: { transport in
                await transport.shutdown()
            }
            .check()
        }
    }

    /// `FaultTests` has the same exceptions, and runs the other rules.
    @Test func exceptions() {
        let conformance = TransportConformance { URLSessionTransport() }
            .except(.bodyWithGet, because: "URLSession sends no body with GET.")
            .except(.dotSegments, because: "URLSession resolves dot segments on Linux.")
            .except(.repeatedRequestFields, because: "URLSession joins fields of one name.")
            .except(.repeatedResponseFields, because: "URLSession joins fields of one name.")
            .except(.responseFieldOrder, because: "URLSession keeps fields in a dictionary.")
            .except(.brokenHead, because: "A head that breaks off ends the process, within Foundation on Linux.")
            .except(.trailers, because: "A trailer ends the process, within Foundation on Linux.")
        withExtendedLifetime(conformance) {}
    }
}
