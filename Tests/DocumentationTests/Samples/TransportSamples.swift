import FetchCurl
import FetchTesting
import FetchURLSession
import Testing

/// Samples of transport tests from Documentation/Testing.md and FetchTesting.
@Suite("Transport samples") struct TransportSamples {
    @Test func `the transport conforms to the contract`() async throws {
        try await TransportConformance { try CurlTransport() }.check()
    }

    @Suite("Transport with shutdown") struct WithShutdown {
        @Test func `the transport conforms to the contract`() async throws {
            try await TransportConformance {
                try CurlTransport()
            } shutDown: { transport in
                await transport.shutdown()
            }
            .check()
        }
    }

    /// `FaultTests` runs the other rules with the same exclusions.
    @Test func `rules can be excluded with a reason`() {
        let conformance = TransportConformance { URLSessionTransport() }
            .except(.bodyWithGet, because: "URLSession sends no body with GET.")
            .except(.dotSegments, because: "URLSession resolves dot segments on Linux.")
            .except(.repeatedRequestFields, because: "URLSession joins fields with the same name.")
            .except(.repeatedResponseFields, because: "URLSession joins fields with the same name.")
            .except(.responseFieldOrder, because: "URLSession stores fields in a dictionary.")
            .except(.brokenHead, because: "A truncated head terminates the process in Foundation on Linux.")
            .except(.trailers, because: "A trailer terminates the process in Foundation on Linux.")
            .except(.backPressure, because: "A task can't be paused in Foundation on Linux.")
            .except(.identity, because: "URLSession decodes every body.")
        withExtendedLifetime(conformance) {}
    }
}
