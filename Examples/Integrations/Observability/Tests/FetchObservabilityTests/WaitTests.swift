import FetchCore
import FetchObservability
import FetchTesting
import Foundation
import MetricsTestKit
import Testing

@Suite("Waits and gauges") struct WaitTests {
    private func event(_ id: Int, _ kind: FetchEvent.Kind, number: Int = 1) throws -> FetchEvent {
        FetchEvent(
            job: try JobReference("example.clip:\(id)"),
            provider: "example",
            request: FetchEvent.Request(number: number),
            kind: kind
        )
    }

    private let end = FetchEvent.Kind.detected(isSuccess: true, latency: .seconds(1), undetected: nil)

    @Test func `if there are too many waits, the oldest have no duration`() async throws {
        let scenario = try TelemetryScenario([.done], FetchTelemetry.Configuration(openWaits: 100))
        for id in 1...150 { scenario.telemetry.record(try event(id, .requested)) }
        for id in 1...150 { scenario.telemetry.record(try event(id, end)) }
        try await scenario.run { _ in }
        #expect(scenario.metrics.seconds("fetchkit.job.duration").count == 100)
        #expect(scenario.metrics.counterTotal(label: "fetchkit.requests") == 150)
    }

    @Test func `thousands of waits that begin and end keep their durations`() async throws {
        let scenario = try TelemetryScenario(
            [.done],
            FetchTelemetry.Configuration(bufferedEvents: 100_000, openWaits: 10)
        )
        for id in 1...2_000 {
            scenario.telemetry.record(try event(id, .requested))
            if id > 5 { scenario.telemetry.record(try event(id - 5, end)) }
        }
        try await scenario.run { _ in }
        #expect(scenario.metrics.seconds("fetchkit.job.duration").count == 1_995)
    }

    @Test func `requests in flight are a gauge at intervals`() async throws {
        let scenario = try TelemetryScenario([.done])
        let (telemetry, clock) = (scenario.telemetry, scenario.clock)
        let begin = try (1...7).map { try event($0, .requested) }
        let pending = try (1...4).map { try event($0, .pending(JobProgress(), latency: .seconds(2))) }
        try await scenario.run { _ in
            for event in begin { telemetry.record(event) }
            try await clock.sleep(for: .seconds(11))
            for event in pending { telemetry.record(event) }
            try await clock.sleep(for: .seconds(10))
            // A request that was cancelled has no further event, and isn't counted for ever.
            try await clock.sleep(for: .seconds(600))
        }
        let gauge = try scenario.metrics.expectGauge("fetchkit.requests.inflight", [("provider", "example")])
        #expect(gauge.values.prefix(2) == [7, 3])
        #expect(gauge.values.last == 0)
    }

    @Test func `batches and unreturned calls are gauges`() async throws {
        let scenario = try TelemetryScenario([.pending])
        let (telemetry, clock) = (scenario.telemetry, scenario.clock)
        try await scenario.run { client in
            do {
                let batch = client.batch()
                for id in 1...12 { batch.add(QueuedJob(try JobReference("example.clip:\(id)"))) }
                telemetry.observe(batch, named: "films")
                try await clock.sleep(for: .seconds(15))
            }
            try await clock.sleep(for: .seconds(30))
        }
        let gauge = try scenario.metrics.expectGauge("fetchkit.jobs.waiting", [("batch", "films")])
        // Once with the batch, once after its end, and never again.
        #expect(gauge.values == [12, 0])
    }

    @Test func `a client's unreturned calls are a gauge`() async throws {
        let scenario = try TelemetryScenario([.pending, .done])
        try await scenario.run { _ = try await $0.result(JobReference("example.clip:1")) }
        let gauge = try scenario.metrics.expectGauge("fetchkit.calls.unreturned", [("endpoint", "example.clip")])
        #expect(gauge.values.last == 0)
    }
}
