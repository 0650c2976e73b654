import FetchCore
import FetchJobs
import FetchTesting
import Foundation
import Synchronization
import TestSupport

/// A process with a worker, from its start until it ends or is killed.
final class ProcessLife: Sendable {
    private struct State {
        var isOver = false
        var task: Task<Void, any Error>?
        /// The number of the worker that the process has registered last.
        var worker: WorkerID?
        /// The time from which on the worker may send nothing, as an observer of its renewals knows it.
        var ownEnd: Duration?
    }

    static let timeToLive: Duration = .seconds(15)

    let clock: SuspendableClock
    let knowsAllEndpoints: Bool
    private let state = Mutex(State())

    init(on base: VirtualClock, knowsAllEndpoints: Bool) {
        clock = SuspendableClock(base)
        self.knowsAllEndpoints = knowsAllEndpoints
    }

    /// True if the process was killed.
    var isOver: Bool { state.withLock(\.isOver) }
    var worker: WorkerID? { state.withLock(\.worker) }
    var ownEnd: Duration? { state.withLock(\.ownEnd) }

    /// Notes that the worker has received the result of a registration.
    func noteRegistration(_ worker: WorkerID, sentAt time: Duration) {
        state.withLock { state in
            state.worker = worker
            state.ownEnd = time + Self.timeToLive * 9 / 10
        }
    }

    /// Notes that the worker has received the fleet of a renewal.
    func noteRenewal(of worker: WorkerID, sentAt time: Duration) {
        state.withLock { state in
            guard state.worker == worker, let end = state.ownEnd else { return }
            state.ownEnd = max(end, time + Self.timeToLive * 9 / 10)
        }
    }

    /// Runs a worker until the process ends.
    func run(
        _ store: any JobStore,
        _ provider: SimulatedProvider,
        random: @escaping @Sendable () -> Double
    ) async throws {
        let worker = JobWorker(
            client: try client(provider, random: random),
            store: store,
            configuration: JobWorker.Configuration(
                timeToLive: Self.timeToLive,
                maximumJobs: 40
            )
        )
        let task = Task<Void, any Error>(executorPreference: clock.taskExecutor) { try await worker.run() }
        state.withLock { $0.task = task }
        _ = await task.result
    }

    /// Ends the process without anything else: no call reaches the store, and no request the provider.
    func kill() {
        clock.stop()
        let task = state.withLock { state in
            state.isOver = true
            return state.task
        }
        task?.cancel()
    }

    /// Has the worker end in order.
    func leave() { state.withLock(\.task)?.cancel() }

    private func client(
        _ provider: SimulatedProvider,
        random: @escaping @Sendable () -> Double
    ) throws -> FetchClient {
        var registry = try EndpointRegistry(Self.endpoint("example.jobs", "fetch/{id}"))
        if knowsAllEndpoints { try registry.register(Self.endpoint("example.other", "other/{id}")) }
        return FetchClient(
            registry: registry,
            transport: ScriptedTransport([.init { try await provider.send($0, by: self) }]),
            credentials: .accounts { account, _ in APIKey("key-of-\(account?.rawValue ?? "none")") },
            configuration: FetchClient.Configuration(
                policy: PollingPolicy(schedule: .fixed(.seconds(5))),
                limits: FetchLimits(requestsInFlight: SimulatedProvider.limit)
            ),
            environment: FetchClient.Environment(clock: clock, wallClock: clock.base.wallClock, random: random)
        )
    }

    private static func endpoint(_ name: EndpointName, _ path: PathTemplate) -> ConfigurableEndpoint<Int> {
        ConfigurableEndpoint<Int>(
            name: name,
            path: path,
            read: { response in
                let body: JSONValue = try response.json()
                switch body["status"] {
                case "success": return .succeeded(body)
                case "failed": return .failed(JobFailure(message: "no"))
                default: return .pending
                }
            }
        )
    }
}
