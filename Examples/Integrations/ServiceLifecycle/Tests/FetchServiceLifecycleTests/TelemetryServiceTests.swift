import FetchCore
import FetchJobs
import FetchObservability
import FetchServiceLifecycle
import FetchTesting
import Foundation
import InMemoryLogging
import Logging
import MetricsTestKit
import ServiceLifecycle
import Synchronization
import Testing

@Suite("Telemetry in a group") struct TelemetryServiceTests {
    @Test func `services end in reverse order, so telemetry is written last`() async throws {
        let log = InMemoryLogHandler()
        var logger = Logger(label: "test") { _ in log }
        logger.logLevel = .trace
        let (telemetryLogger, metrics) = (logger, TestMetrics())
        let telemetry = TelemetryBox()
        let scenario = try ServiceScenario(
            observer: { environment in
                telemetry.make(telemetryLogger, metrics, environment)
            }
        ) { Int($0) ?? 0 <= 3 ? .done : .pending }
        let events = EventList()
        let services: [any Service] = [
            CancellableService("telemetry") {
                await telemetry.value?.run(sampling: scenario.client)
                events.add("telemetry has ended")
            },
            CancellableService("worker") {
                defer { events.add("worker has ended") }
                try await JobWorkerService(scenario.worker()).run()
            },
        ]
        try await scenario.shutDown(services) {
            try await scenario.add(1...20)
            // Requests are in flight, and events are in the buffer.
            try await scenario.clock.sleep(for: .milliseconds(20_100))
        }
        #expect(events.events == ["worker has ended", "telemetry has ended"])
        let begun = log.entries.count { $0.message.description == "Request begins" }
        #expect(begun == scenario.transport.requests.count)
        #expect(metrics.counterTotal(label: "fetchkit.requests", dimensions: [("outcome", "succeeded")]) == 3)
    }
}

/// The telemetry that a scenario creates.
private final class TelemetryBox: Sendable {
    private let state = Mutex<FetchTelemetry?>(nil)

    var value: FetchTelemetry? { state.withLock { $0 } }

    func make(
        _ logger: Logger,
        _ metrics: TestMetrics,
        _ environment: FetchClient.Environment
    ) -> FetchTelemetry {
        let telemetry = FetchTelemetry(logger: logger, metrics: metrics, environment: environment)
        state.withLock { $0 = telemetry }
        return telemetry
    }
}
