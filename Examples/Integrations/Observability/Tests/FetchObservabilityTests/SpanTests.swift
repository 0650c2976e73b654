import FetchCore
import FetchObservability
import FetchTesting
import Foundation
import InMemoryTracing
import Testing
import Tracing

@Suite("Spans") struct SpanTests {
    private static let job = "example.clip:7"

    @Test func `a wait is one span from its first request to its end`() async throws {
        let scenario = try TelemetryScenario([.pending, .done])
        try await scenario.run { _ = try await $0.result(JobReference(Self.job)) }
        let spans = scenario.tracer.finishedSpans
        #expect(spans.map(\.operationName) == ["fetch.wait"])
        let span = try #require(spans.first)
        #expect(span.attributes["fetch.job"]?.toSpanAttribute() == "example.clip:7")
        #expect(span.attributes["fetch.endpoint"]?.toSpanAttribute() == "example.clip")
        #expect(span.attributes["fetch.requests"]?.toSpanAttribute() == .int64(2))
        #expect(span.attributes["fetch.outcome"]?.toSpanAttribute() == "succeeded")
        #expect(span.attributes["fetch.detection_delay"] != nil)
        let length = span.endInstant.nanosecondsSinceEpoch - span.startInstant.nanosecondsSinceEpoch
        let logged = try #require(scenario.metrics.seconds("fetchkit.job.duration").first)
        #expect(abs(Double(length) / 1e9 - logged) < 0.001)
        #expect(span.startInstant.nanosecondsSinceEpoch / 1_000_000 == 1_700_000_000_000)
        #expect(scenario.tracer.activeSpans.isEmpty)
        #expect(span.links.isEmpty)
    }

    @Test func `requests have spans only on demand`() async throws {
        let scenario = try TelemetryScenario(
            [.pending, .lost, .throttled, .done],
            FetchTelemetry.Configuration(tracedRequests: 1, tracesWaits: false)
        )
        try await scenario.run { _ = try await $0.result(JobReference(Self.job)) }
        let spans = scenario.tracer.finishedSpans
        #expect(spans.map(\.operationName) == ["GET", "GET", "GET", "GET"])
        #expect(spans.allSatisfy { $0.kind == .client })
        let errors = spans.map { $0.attributes["error.type"]?.toSpanAttribute() }
        #expect(errors == [nil, "connectionFailed", "429", nil])
        #expect(spans.map { $0.status?.code } == [nil, .error, .error, nil])
        #expect(spans.first?.attributes["server.address"]?.toSpanAttribute() == "api.example.com")
        #expect(spans.first?.attributes["http.response.status_code"]?.toSpanAttribute() == .int64(200))
        #expect(spans.last?.attributes["fetch.request"]?.toSpanAttribute() == .int64(4))
    }

    @Test(arguments: [(0.5, 0), (0.51, 2)])
    func `requests are sampled by a random number`(fraction: Double, count: Int) async throws {
        // The random number of the scenario is always 0.5.
        let settings = FetchTelemetry.Configuration(tracedRequests: fraction, tracesWaits: false)
        let scenario = try TelemetryScenario([.pending, .done], settings)
        try await scenario.run { _ = try await $0.result(JobReference(Self.job)) }
        #expect(scenario.tracer.finishedSpans.count == count)
    }

    @Test func `a wait that ends with an error has its code`() async throws {
        let scenario = try TelemetryScenario([.pending, .refused])
        try await scenario.run { client in
            await #expect(throws: FetchError.self) { try await client.result(JobReference(Self.job)) }
        }
        let span = try #require(scenario.tracer.finishedSpans.first)
        #expect(span.attributes["fetch.outcome"]?.toSpanAttribute() == "error")
        #expect(span.attributes["error.type"]?.toSpanAttribute() == "401")
        #expect(span.status?.code == .error)
    }
}
