import FetchCore
import FetchJobs
import FetchJobsObservability
import FetchTesting
import Foundation
import InMemoryLogging
import Logging
import MetricsTestKit
import Testing

@Suite("Telemetry of a store") struct StoreTelemetryTests {
    private static let pending = FetchResponse(json: #"{"status":"processing"}"#)
    private static let done = FetchResponse(json: #"{"status":"done","link":"https://files.example.com/a.mp4"}"#)

    private func jobs(_ numbers: ClosedRange<Int>) throws -> [DurableJob] {
        try numbers.map { try DurableJob("example.clip:\($0)") }
    }

    @Test func `the state of a store is a gauge at intervals`() async throws {
        let scenario = try StoreScenario { $0.url.lastPathComponent == "1" ? Self.done : Self.pending }
        let (store, clock) = (scenario.store, scenario.clock)
        let jobs = try jobs(1...8)
        try await scenario.run {
            try await store.add(jobs)
            try await clock.sleep(for: .seconds(65))
        }
        #expect(scenario.gauge("fetchkit.jobs.stored").last == 7)
        #expect(scenario.gauge("fetchkit.outcomes.undelivered").last == 1)
        #expect(scenario.gauge("fetchkit.workers").max() == 1)
        #expect(scenario.gauge("fetchkit.jobs.parked").last == 0)
        #expect(scenario.gauge("fetchkit.accounts.paused").last == 0)
        // The first job of those that wait was added 60 seconds before the last sample.
        #expect(scenario.gauge("fetchkit.oldest.waiting").last == 60)
        #expect(scenario.gauge("fetchkit.jobs.stored").count == 7)
        #expect(scenario.log.entries.isEmpty)
    }

    @Test func `parked jobs are an error line when they come, and not again`() async throws {
        let scenario = try StoreScenario { request in
            FetchResponse(json: "{}", status: request.url.lastPathComponent < "4" ? 403 : 200)
        }
        let (store, clock) = (scenario.store, scenario.clock)
        let jobs = try jobs(1...3)
        try await scenario.run {
            try await store.add(jobs)
            try await clock.sleep(for: .seconds(100))
        }
        #expect(scenario.gauge("fetchkit.jobs.parked").last == 3)
        let lines = scenario.lines("Jobs are parked")
        #expect(lines.map(\.level) == [.error])
        #expect(lines.first?.metadata["fetch.count"] == "3")
        #expect(lines.first?.metadata["fetch.store"] == "films")
    }

    @Test func `a paused account is one warning with its reason`() async throws {
        let scenario = try StoreScenario { _ in FetchResponse(json: "{}", status: 401) }
        let (store, clock) = (scenario.store, scenario.clock)
        let jobs = try jobs(1...3)
        try await scenario.run {
            try await store.add(jobs)
            try await clock.sleep(for: .seconds(100))
        }
        #expect(scenario.gauge("fetchkit.accounts.paused").last == 1)
        let lines = scenario.lines("Account is paused")
        #expect(lines.count == 1)
        #expect(lines.first?.metadata["fetch.provider"] == "example")
        #expect(lines.first?.metadata["fetch.reason"]?.description.isEmpty == false)
    }

    @Test func `a store that can't be read is one warning until it can be read again`() async throws {
        let scenario = try StoreScenario { _ in Self.pending }
        let (store, clock) = (scenario.store, scenario.clock)
        try await scenario.run {
            try await clock.sleep(for: .seconds(15))
            store.set(isOff: true)
            try await clock.sleep(for: .seconds(60))
            store.set(isOff: false)
            try await clock.sleep(for: .seconds(20))
        }
        let warnings = scenario.lines("The store can't be read")
        #expect(warnings.map(\.level) == [.warning])
        #expect(warnings.first?.metadata["fetch.message"]?.description.contains("no connection") == true)
        #expect(warnings.first?.metadata["fetch.message"]?.description.contains("cafe5165a7ure") == false)
        #expect(scenario.lines("The store can be read again").map(\.level) == [.notice])
        #expect(scenario.gauge("fetchkit.jobs.stored").count == 4)
    }

    @Test func `an end that can't be recorded is a lost lease`() async throws {
        let scenario = try StoreScenario(cancelsBeforeEnds: true) { _ in Self.done }
        let (store, clock) = (scenario.store, scenario.clock)
        let jobs = try jobs(1...1)
        try await scenario.run {
            try await store.add(jobs)
            try await clock.sleep(for: .seconds(30))
        }
        #expect(scenario.worker.statistics.lostLeases == 1)
        #expect(scenario.metrics.counterTotal(label: "fetchkit.lease.lost", dimensions: [("store", "films")]) == 1)
    }

    @Test func `telemetry ends when its task is cancelled`() async throws {
        let scenario = try StoreScenario { _ in Self.pending }
        try await scenario.run {}
        #expect(scenario.clock.elapsed < .seconds(1))
    }
}
