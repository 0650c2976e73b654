import FetchCore
import FetchObservability
import FetchTesting
import Foundation
import InMemoryLogging
import Logging
import MetricsTestKit
import Testing

@Suite("The buffer of events") struct BufferTests {
    private func event(_ id: Int, _ kind: FetchEvent.Kind = .requested) throws -> FetchEvent {
        FetchEvent(job: try JobReference("example.clip:\(id)"), provider: "example", kind: kind)
    }

    @Test func `events without room are dropped and counted`() async throws {
        let scenario = try TelemetryScenario([.done], FetchTelemetry.Configuration(bufferedEvents: 10))
        // Nothing runs yet, so that nothing makes room.
        for id in 1...25 { scenario.telemetry.record(try event(id)) }
        try await scenario.run { _ in }
        #expect(scenario.metrics.counterTotal(label: "fetchkit.telemetry.dropped") == 15)
        #expect(
            scenario.lines("Request begins").compactMap { $0.metadata["fetch.job"]?.description }.last
                == "example.clip:10"
        )
        let dropped = try #require(scenario.lines("Events were dropped").first)
        #expect(dropped.level == .warning)
        #expect(dropped.metadata["fetch.count"] == "15")
    }

    @Test func `dropped events are one line for each sample`() async throws {
        let scenario = try TelemetryScenario([.done], FetchTelemetry.Configuration(bufferedEvents: 10))
        let (telemetry, clock) = (scenario.telemetry, scenario.clock)
        let event = try event(1)
        try await scenario.run { _ in
            for _ in 1...9 {
                for _ in 1...30 { telemetry.record(event) }
                try await clock.sleep(for: .seconds(1))
            }
        }
        #expect(scenario.lines("Events were dropped").map { $0.metadata["fetch.count"] } == ["180"])
        #expect(scenario.metrics.counterTotal(label: "fetchkit.telemetry.dropped") == 180)
    }

    @Test func `events of before and of the last moment are written`() async throws {
        let scenario = try TelemetryScenario([.done])
        scenario.telemetry.record(try event(1))
        let telemetry = scenario.telemetry
        let last = try event(2)
        try await scenario.run { _ in telemetry.record(last) }
        #expect(scenario.lines("Request begins").count == 2)
        #expect(scenario.metrics.counterTotal(label: "fetchkit.telemetry.dropped") == 0)
    }

    @Test func `telemetry can run again`() async throws {
        let scenario = try TelemetryScenario([.done])
        for id in 1...3 {
            let telemetry = scenario.telemetry
            let event = try event(id)
            try await scenario.run { _ in telemetry.record(event) }
        }
        #expect(scenario.lines("Request begins").count == 3)
    }

    @Test func `a second run ends the first one`() async throws {
        let scenario = try TelemetryScenario([.done])
        let telemetry = scenario.telemetry
        await scenario.clock.run {
            await withTaskGroup { group in
                group.addTask { await telemetry.run() }
                group.addTask {
                    await Task.yield()
                    await telemetry.run()
                }
                // The group is only left if the first run has ended without being cancelled.
                await group.next()
                group.cancelAll()
            }
        }
        #expect(scenario.clock.elapsed < .seconds(1))
    }

    @Test func `an event is written at once, before any time passes`() async throws {
        let scenario = try TelemetryScenario([.done])
        let (telemetry, clock, log) = (scenario.telemetry, scenario.clock, scenario.log)
        let event = try event(1)
        try await scenario.run { _ in
            try await clock.sleep(for: .seconds(3))
            telemetry.record(event)
            try await clock.sleep(for: .nanoseconds(1))
            #expect(log.entries.count == 1)
        }
    }

    @Test func `each event of many threads is written or counted as dropped`() async throws {
        let metrics = TestMetrics()
        let telemetry = FetchTelemetry(
            logger: nil,
            metrics: metrics,
            configuration: FetchTelemetry.Configuration(bufferedEvents: 200)
        )
        let event = try event(1, .pending(JobProgress(), latency: .seconds(1)))
        await withTaskGroup { writers in
            writers.addTask { await telemetry.run() }
            await withTaskGroup { group in
                for _ in 1...8 { group.addTask { for _ in 1...2_500 { telemetry.record(event) } } }
            }
            writers.cancelAll()
        }
        let written = metrics.counterTotal(label: "fetchkit.requests")
        #expect(written + metrics.counterTotal(label: "fetchkit.telemetry.dropped") == 20_000)
        #expect(written >= 200)
    }

    @Test func `the labels of many endpoints and hosts are bounded`() async throws {
        let scenario = try TelemetryScenario([.done], FetchTelemetry.Configuration(labelValues: 5))
        for number in 1...50 {
            let request = FetchEvent.Request(host: "host\(number).example.com", httpStatus: 200 + number * 20)
            scenario.telemetry.record(
                FetchEvent(
                    job: try JobReference("example.clip\(number):1"),
                    provider: try #require(ProviderID(rawValue: "provider\(number)")),
                    request: request,
                    kind: .pending(JobProgress(), latency: .seconds(1))
                )
            )
        }
        try await scenario.run { _ in }
        let values = { (name: String) in
            Set(scenario.metrics.series.flatMap(\.labels).filter { $0.0 == name }.map(\.1))
        }
        for name in ["endpoint", "provider", "server.address"] {
            #expect(values(name).count == 6)
            #expect(values(name).contains("other"))
        }
        #expect(values("http.response.status_code").count <= 21)
        #expect(scenario.metrics.counterTotal(label: "fetchkit.requests") == 50)
    }

    @Test func `no id and no account is a label`() async throws {
        let scenario = try TelemetryScenario([.pending, .done])
        try await scenario.run { client in
            let tenant = client.account("tenant-9", credentials: .fixed(["example": APIKey("k")]))
            _ = try await tenant.result(JobReference("example.clip:job-77"))
        }
        #expect(!scenario.metrics.everything.contains("job-77"))
        #expect(!scenario.metrics.everything.contains("tenant-9"))
        #expect(scenario.lines("Job succeeded").first?.metadata["fetch.account"] == "tenant-9")
    }
}
