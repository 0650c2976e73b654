import FetchCore
import FetchJobs
import FetchJobsObservability
import FetchTesting
import Foundation
import InMemoryLogging
import Logging
import MetricsTestKit

/// A store with a worker on a virtual clock, and telemetry that records everything in memory.
struct StoreScenario {
    let clock = VirtualClock()
    let log = InMemoryLogHandler()
    let metrics = TestMetrics()
    let store: SwitchedStore
    let worker: JobWorker
    let telemetry: JobStoreTelemetry

    /// - Parameters:
    ///   - cancelsBeforeEnds: True if jobs are cancelled between their ends and the record of these.
    ///   - respond: Returns the response to a request, which comes after half a second.
    /// - Throws: `FetchError` if the registry refuses the endpoint.
    init(cancelsBeforeEnds: Bool = false, _ respond: @escaping @Sendable (FetchRequest) -> FetchResponse) throws {
        store = SwitchedStore(InMemoryJobStore(date: clock.wallClock), cancelsBeforeEnds: cancelsBeforeEnds)
        let client = FetchClient(
            registry: try EndpointRegistry(Clip()),
            transport: ScriptedTransport([.init { respond($0) }.after(.milliseconds(500))], clock: clock),
            credentials: .fixed(["example": APIKey("test-key")]),
            configuration: FetchClient.Configuration(policy: PollingPolicy(schedule: .fixed(.seconds(5)))),
            environment: FetchClient.Environment(clock: clock, wallClock: clock.wallClock, random: { 0.5 })
        )
        worker = JobWorker(client: client, store: store)
        telemetry = JobStoreTelemetry(
            of: store,
            named: "films",
            worker: worker,
            logger: Logger(label: "test") { [log] _ in log },
            metrics: metrics,
            clock: clock
        )
    }

    /// Runs the telemetry and the worker while an operation runs.
    func run(_ operation: @escaping @Sendable () async throws -> Void) async throws {
        try await clock.run { [worker, telemetry] in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await telemetry.run() }
                group.addTask { do { try await worker.run() } catch is CancellationError {} }
                try await operation()
                group.cancelAll()
                try await group.waitForAll()
            }
        }
    }

    /// The values of a gauge.
    func gauge(_ name: String) -> [Double] {
        metrics.recorders(label: name, dimensions: [("store", "films")]).flatMap(\.values)
    }

    /// The lines with a message.
    func lines(_ message: String) -> [InMemoryLogHandler.Entry] {
        log.entries.filter { $0.message.description == message }
    }
}
