import FetchCore
import FetchObservability
import FetchTesting
import Foundation
import InMemoryLogging
import Logging
import MetricsTestKit
import Testing

@Suite("Events of a client") struct ClientEventTests {
    private static let job = "example.clip:7"

    private func labels(_ outcome: String, error: String = "none") -> [(String, String)] {
        [("provider", "example"), ("endpoint", "example.clip"), ("outcome", outcome), ("error", error)]
    }

    @Test func `a job that succeeds is counted, logged and timed`() async throws {
        let scenario = try TelemetryScenario([.pending, .pending, .done])
        try await scenario.run { _ = try await $0.result(JobReference(Self.job)) }

        #expect(scenario.metrics.counterTotal(label: "fetchkit.requests", dimensions: labels("pending")) == 2)
        #expect(scenario.metrics.counterTotal(label: "fetchkit.requests", dimensions: labels("succeeded")) == 1)
        let request = [
            ("http.request.method", "GET"), ("server.address", "api.example.com"),
            ("http.response.status_code", "200"), ("error.type", "none"),
        ]
        #expect(scenario.metrics.seconds("http.client.request.duration", request) == [0.5, 0.5, 0.5])
        // Three requests of half a second, and five seconds between two of them.
        let total = try #require(scenario.metrics.seconds("fetchkit.job.duration", [("outcome", "succeeded")]).first)
        #expect(total == 11.5)
        #expect(scenario.metrics.seconds("fetchkit.detection.delay", [("endpoint", "example.clip")]).count == 1)

        #expect(scenario.lines("Request begins").map(\.level) == [.trace, .trace, .trace])
        #expect(scenario.lines("Job is pending").map(\.level) == [.debug, .debug])
        let end = try #require(scenario.lines("Job succeeded").first)
        #expect(end.level == .info)
        #expect(end.metadata["fetch.job"] == "example.clip:7")
        #expect(end.metadata["fetch.endpoint"] == "example.clip")
        #expect(end.metadata["fetch.provider"] == "example")
        #expect(end.metadata["fetch.requests"] == "3")
        #expect(end.metadata["fetch.seconds"] == "\(total)")
        #expect(end.metadata["fetch.detection_delay"] != nil)
    }

    @Test func `a job that fails is an outcome, not an error`() async throws {
        let scenario = try TelemetryScenario([.pending, .failed])
        try await scenario.run { client in
            await #expect(throws: FetchError.self) { try await client.result(JobReference(Self.job)) }
        }
        #expect(scenario.metrics.counterTotal(label: "fetchkit.requests", dimensions: labels("failed")) == 1)
        #expect(scenario.metrics.seconds("fetchkit.job.duration", [("outcome", "failed")]).count == 1)
        #expect(scenario.lines("Job failed").map(\.level) == [.info])
        #expect(scenario.log.entries.allSatisfy { $0.level <= .info })
    }

    @Test func `a wait that ends at its deadline is counted with its duration, and is a warning`() async throws {
        let scenario = try TelemetryScenario([.pending])
        try await scenario.run { client in
            let policy = PollingPolicy(deadline: .seconds(20))
            await #expect(throws: FetchError.self) { try await client.result(JobReference(Self.job), policy: policy) }
        }
        let ended = [("endpoint", "example.clip"), ("outcome", "error"), ("error", "deadlineExceeded")]
        // There is no time for another request of half a second.
        #expect(scenario.metrics.seconds("fetchkit.job.duration", ended) == [19.5])
        let line = try #require(scenario.lines("Wait ended without a result").first)
        #expect(line.level == .warning)
        #expect(line.metadata["fetch.error"] == "deadlineExceeded")
        #expect(line.metadata["fetch.seconds"] == "19.5")
    }

    @Test func `a retried error is a warning with the time of the next request`() async throws {
        let scenario = try TelemetryScenario([.lost, .lost, .done])
        try await scenario.run { _ = try await $0.result(JobReference(Self.job)) }
        let warnings = scenario.lines("Request failed and is retried")
        #expect(warnings.map(\.level) == [.warning, .warning])
        #expect(warnings.allSatisfy { $0.metadata["fetch.error"] == "connectionFailed" })
        #expect(warnings.allSatisfy { $0.metadata["fetch.next_request"] != nil })
        let failed = labels("error", error: "connectionFailed")
        #expect(scenario.metrics.counterTotal(label: "fetchkit.requests", dimensions: failed) == 2)
    }

    @Test func `of many equal retries some are logged in a minute, and the others counted`() async throws {
        let settings = FetchTelemetry.Configuration(retryWarningsPerMinute: 3)
        let steps = Array(repeating: ScriptedTransport.Step.lost, count: 40) + [.done]
        let scenario = try TelemetryScenario(steps, settings)
        try await scenario.run { client in
            let jobs = try (1...40).map { try JobReference("example.clip:\($0)") }
            for try await _ in client.outcomes(of: jobs) {}
        }
        let warnings = scenario.lines("Request failed and is retried")
        #expect(warnings.count < 10)
        let counts = warnings.map { Int($0.metadata["fetch.count"]?.description ?? "1") ?? 0 }
        #expect(counts.reduce(0, +) == 40)
    }

    @Test func `throttles are one warning in a minute with their number`() async throws {
        let steps = Array(repeating: ScriptedTransport.Step.throttled, count: 12) + [.done]
        let scenario = try TelemetryScenario(steps)
        try await scenario.run { _ = try await $0.result(JobReference(Self.job)) }
        let throttles = scenario.metrics.counterTotal(
            label: "fetchkit.throttles",
            dimensions: [("provider", "example")]
        )
        #expect(throttles == 12)
        #expect(scenario.metrics.seconds("fetchkit.throttle.pause").allSatisfy { $0 >= 7 })
        let warnings = scenario.log.entries.filter { $0.level >= .warning }
        #expect(warnings.allSatisfy { $0.message.description == "Provider limits the rate" })
        let minutes = Int(scenario.clock.elapsed / .seconds(60)) + 1
        #expect((2...minutes + 1).contains(warnings.count))
        let counts = warnings.map { Int($0.metadata["fetch.count"]?.description ?? "1") ?? 0 }
        #expect(counts.first == 1)
        #expect(counts.reduce(0, +) == 12)
    }

    @Test func `a refused key is one error line for all jobs of the account`() async throws {
        let scenario = try TelemetryScenario([.refused])
        try await scenario.run { client in
            let jobs = try (1...20).map { try JobReference("example.clip:\($0)") }
            for try await _ in client.outcomes(of: jobs) {}
        }
        let errors = scenario.log.entries.filter { $0.level == .error }
        #expect(errors.first?.metadata["fetch.error"] == "unauthorized")
        #expect(errors.first?.metadata["fetch.remedy"] != nil)
        // The first one, and the rest when the telemetry ends.
        #expect(errors.count == 2)
        #expect(errors.last?.metadata["fetch.count"] == "19")
        let refused = labels("error", error: "unauthorized")
        #expect(scenario.metrics.counterTotal(label: "fetchkit.requests", dimensions: refused) == 20)
        #expect(scenario.metrics.seconds("fetchkit.job.duration", [("outcome", "error")]).count == 20)
    }

    @Test func `a missing key is an error without a host`() async throws {
        let scenario = try TelemetryScenario([.done], key: nil)
        try await scenario.run { client in
            await #expect(throws: FetchError.self) { try await client.fetch(JobReference(Self.job)) }
        }
        #expect(scenario.log.entries.filter { $0.level == .error }.first?.metadata["fetch.error"] == "missingKey")
        #expect(scenario.metrics.timers(label: "http.client.request.duration").isEmpty)
    }

    @Test func `an output that can't be used is an error for each job`() async throws {
        let scenario = try TelemetryScenario([.response(#"{"status":"done"}"#)])
        try await scenario.run { client in
            let jobs = try (1...5).map { try JobReference("example.clip:\($0)") }
            for try await _ in client.outcomes(of: jobs) {}
        }
        #expect(scenario.log.entries.filter { $0.level == .error }.count == 5)
    }

    @Test func `lines below the level of the logger aren't written`() async throws {
        let scenario = try TelemetryScenario([.lost, .pending, .done], level: .warning)
        try await scenario.run { _ = try await $0.result(JobReference(Self.job)) }
        #expect(scenario.log.entries.map(\.level) == [.warning])
    }
}
