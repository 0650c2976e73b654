import FetchCore
import FetchJobs
import FetchTesting
import Foundation
import Synchronization

/// Workers that die and begin again, jobs that are added over a time, and a reader of their outcomes.
final class BenchmarkFleet: Sendable {
    private struct State {
        var requests = 0
        var deaths = 0
        var mostWaiting = 0
        var deliveries: [UInt8]
        var isOver = false
    }

    private let clock = VirtualClock()
    private let store: CountingStore
    private let jobs: Int
    private let workers: Int
    private let time: Duration
    private let meanLife: Double
    private let state: Mutex<State>

    init(jobs: Int, workers: Int, minutes: Double, meanLife: Double) {
        store = CountingStore(on: clock, jobs: jobs)
        self.jobs = jobs
        self.workers = workers
        time = .seconds(minutes * 60)
        self.meanLife = meanLife * 60
        state = Mutex(State(deliveries: Array(repeating: 0, count: jobs + 1)))
    }

    func run() async throws -> FleetFigure {
        try await clock.run {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await self.addJobs() }
                for _ in 0..<self.workers { group.addTask { try await self.runWorkers() } }
                try await self.readOutcomes()
                try await group.waitForAll()
            }
        }
        let (counts, state) = (store.counts, self.state.withLock { $0 })
        let ended = state.deliveries.count { $0 > 0 }
        return FleetFigure(
            jobs: jobs,
            workers: workers,
            virtualMinutes: clock.elapsed / .seconds(60),
            ended: ended,
            lost: jobs - ended,
            recordedTwice: counts.recordedTwice,
            deliveredTwice: state.deliveries.count { $0 > 1 },
            deaths: state.deaths,
            returnedJobs: counts.returnedJobs,
            requests: state.requests,
            calls: counts.calls,
            rows: counts.rows,
            mostCallsInASecond: counts.mostCallsInASecond,
            mostWaiting: state.mostWaiting
        )
    }
}

// The application.
extension BenchmarkFleet {
    /// The run time of a job, from 1 to 30 minutes, by its number.
    private static func duration(of number: Int) -> Duration { .seconds(60 + number &* 7_919 % 1_740) }

    /// The time at which a job is added.
    private func addition(of number: Int) -> Duration { time * Double(number) / Double(jobs) }

    private func addJobs() async throws {
        var number = 0
        while number < jobs {
            try await clock.sleep(for: .seconds(1))
            while number < jobs, addition(of: number) <= clock.elapsed {
                let end = min(number + 1_000, jobs)
                let batch = try (number..<end).prefix { addition(of: $0) <= clock.elapsed }
                    .map { try DurableJob("example.video:\($0)") }
                _ = try await store.add(batch)
                number += batch.count
            }
            let waiting = try await store.overview().waitingJobs
            state.withLock { $0.mostWaiting = max($0.mostWaiting, waiting) }
        }
    }

    private func readOutcomes() async throws {
        var count = 0
        let longest = time + .seconds(6 * 3_600)
        while count < jobs, clock.elapsed < longest {
            let outcomes = try await store.takeDeliveries(limit: 1_000, for: .seconds(60))
            count += state.withLock { state in
                outcomes.count { outcome in
                    let index = Int(outcome.id.rawValue)
                    state.deliveries[index] = min(state.deliveries[index], 254) + 1
                    return state.deliveries[index] == 1
                }
            }
            if outcomes.isEmpty {
                try await clock.sleep(for: .seconds(1))
            } else {
                try await store.acknowledge(outcomes.map(\.id))
            }
        }
        state.withLock { $0.isOver = true }
    }
}

// Workers.
extension BenchmarkFleet {
    private var isOver: Bool { state.withLock(\.isOver) }

    /// Runs one process after another, each of which is killed after a random time.
    private func runWorkers() async throws {
        try await clock.sleep(for: .seconds(Double.random(in: 0...10)))
        while !isOver {
            let connection = MortalStore(store)
            let worker = JobWorker(client: try client(), store: connection)
            let end = clock.elapsed + .seconds(-log(Double.random(in: 1e-9...1)) * meanLife)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { _ = try? await worker.run() }
                while clock.elapsed < end, !isOver { try await clock.sleep(for: .seconds(1)) }
                if !isOver {
                    connection.cut()
                    state.withLock { $0.deaths += 1 }
                }
                group.cancelAll()
                try await group.waitForAll()
            }
            if !isOver { try await clock.sleep(for: .seconds(10)) }
        }
    }

    private func client() throws -> FetchClient {
        FetchClient(
            registry: try EndpointRegistry(BenchmarkEndpoint()),
            transport: InMemoryTransport { [self] in respond(to: $0) },
            credentials: .none,
            configuration: FetchClient.Configuration(
                policy: PollingPolicy(schedule: .fixed(.seconds(300))),
                limits: FetchLimits(requestsInFlight: 100_000)
            ),
            environment: FetchClient.Environment(clock: clock, wallClock: clock.wallClock)
        )
    }

    private func respond(to number: Int) -> FetchResponse {
        state.withLock { $0.requests += 1 }
        let isDone = clock.elapsed >= addition(of: number) + Self.duration(of: number)
        return isDone ? BenchmarkEndpoint.done : BenchmarkEndpoint.pending
    }
}
