import FetchCore
import FetchJobs
import FetchTesting
import Foundation
import Synchronization
import TestSupport

/// Processes with workers that share a store and a provider on a virtual clock, while everything fails at random that
/// can fail.
///
/// For the first two and a half minutes, processes are killed and suspended, end in order and join, calls of the store
/// are lost and stall, jobs are cancelled, and readers die. After that the store is reliable and the processes run on,
/// but for those that a poisonous job ends. At last the poisonous jobs are mended, and the parked ones are retried.
final class SimulatedFleet: Sendable {
    struct Report: Sendable {
        var violations: [String] = []
        var jobs = 0
        var requests = 0
        var throttles = 0
        var kills = 0
        var suspensions = 0
        var ends: [JobEnd.Kind: Int] = [:]
        var parked = 0
        var elapsed: Duration = .zero
    }

    private struct State {
        var random: SplitMix64
        var lives: [Int: ProcessLife] = [:]
        var isOver = false
        var kills = 0
        var suspensions = 0
    }

    static let chaosEnd: Duration = .seconds(150)
    static let longestSuspension: Duration = .seconds(40)
    static let mendingTime: Duration = .seconds(400)
    static let longestRun: Duration = .seconds(3_000)

    let clock = VirtualClock()
    let store: InMemoryJobStore
    let jobs: [SimulatedJob]
    let provider: SimulatedProvider
    let invariants: FleetInvariants
    let violations = EventLog<String>()
    private let seed: UInt64
    private let processes: Int
    private let state: Mutex<State>

    init(seed: UInt64, jobs count: Int = 50, processes: Int = 4) {
        var random = SplitMix64(seed: seed)
        jobs = (0..<count).map { SimulatedJob(number: $0, using: &random) }
        store = InMemoryJobStore(date: clock.wallClock)
        provider = SimulatedProvider(jobs, on: clock, seed: random.next(), violations: violations)
        invariants = FleetInvariants(store, jobs, violations)
        self.seed = seed
        self.processes = processes
        state = Mutex(State(random: random))
    }

    private func number(in range: ClosedRange<Double>) -> Double {
        state.withLock { Double.random(in: range, using: &$0.random) }
    }

    private func chance(_ percent: Double) -> Bool { number(in: 0...100) < percent }

    private var isOver: Bool { state.withLock(\.isOver) }
    private var isFaulty: Bool { clock.elapsed < Self.chaosEnd }

    func run() async throws -> Report {
        try await clock.run {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await self.addJobs() }
                for index in 0..<self.processes { group.addTask { try await self.runProcess(index) } }
                group.addTask { try await self.disturb() }
                group.addTask { try await self.cancelJobs() }
                group.addTask { try await self.readDeliveries() }
                group.addTask { try await self.check() }
                try await group.waitForAll()
            }
            try await self.invariants.checkEnd(at: self.clock.elapsed)
        }
        let (kills, suspensions) = state.withLock { ($0.kills, $0.suspensions) }
        return Report(
            violations: violations.events,
            jobs: jobs.count,
            requests: provider.requests,
            throttles: provider.throttles,
            kills: kills,
            suspensions: suspensions,
            ends: invariants.ends,
            parked: invariants.parked,
            elapsed: clock.elapsed
        )
    }
}

// Processes.
extension SimulatedFleet {
    /// Runs one process after another. The first doesn't know one of the endpoints, and the last joins late.
    private func runProcess(_ index: Int) async throws {
        try await clock.sleep(for: .seconds(number(in: 0...5) + (index == processes - 1 ? 40 : 0)))
        while !isOver {
            let life = ProcessLife(on: clock, knowsAllEndpoints: index != 0)
            state.withLock { $0.lives[index] = life }
            let connection = FaultyConnection(
                to: store,
                of: life,
                seed: UInt64(number(in: 0...1e9)),
                violations: violations,
                isFaulty: { self.isFaulty }
            )
            try await life.run(connection, provider) { self.number(in: 0...1) }
            invariants.noteEnd(of: life, at: clock.elapsed)
            try await clock.sleep(for: .seconds(number(in: 0.5...4)))
        }
    }

    /// Kills, suspends and ends processes at random, and in the end all of them.
    private func disturb() async throws {
        while isFaulty {
            try await clock.sleep(for: .seconds(number(in: 1...12)))
            let index = Int(number(in: 0...Double(processes) - 0.001))
            guard let life = state.withLock({ $0.lives[index] }), !life.isOver else { continue }
            guard !life.clock.isSuspended else { continue }
            switch number(in: 0...100) {
            case ..<35:
                state.withLock { $0.kills += 1 }
                life.kill()
            case ..<70:
                state.withLock { $0.suspensions += 1 }
                // Of those that are longer than the time to live, the jobs go to others.
                life.clock.suspend(for: .seconds(number(in: 1...Self.longestSuspension.seconds)))
            case ..<80: life.leave()
            default: break
            }
        }
        try await clock.sleep(for: Self.mendingTime - clock.elapsed)
        try await invariants.noteMending()
        provider.mend()
        let parked = try await store.jobs(JobPage(.parked, limit: .max)).map(\.id)
        try await store.retry(parked)
        while clock.elapsed < Self.longestRun, try await store.overview().waitingJobs > 0 {
            try await clock.sleep(for: .seconds(1))
        }
        let lives = state.withLock { state in
            state.isOver = true
            return Array(state.lives.values)
        }
        for life in lives { life.leave() }
    }
}

// The application.
extension SimulatedFleet {
    /// Adds jobs one after another, many of them twice.
    private func addJobs() async throws {
        for job in jobs.sorted(by: { $0.addition < $1.addition }) {
            try await clock.sleep(for: max(job.addition - clock.elapsed, .zero))
            invariants.note(try await store.add([job.stored()]))
            if chance(30) { invariants.note(try await store.add([job.stored()])) }
        }
    }

    private func cancelJobs() async throws {
        while isFaulty {
            try await clock.sleep(for: .seconds(number(in: 5...25)))
            let job = jobs[Int(number(in: 0...Double(jobs.count) - 0.001))]
            guard job.addition < clock.elapsed else { continue }
            let stored = try job.stored()
            let outcome = try await store.cancel(stored.job, tenant: stored.tenant)
            // Its result was lost, and the call is repeated.
            let again = try await store.cancel(stored.job, tenant: stored.tenant)
            if outcome != again { violations.record("2: The outcome of the job \(job.number) has changed.") }
        }
    }

    /// Handles outcomes. A reader that dies acknowledges none.
    private func readDeliveries() async throws {
        while true {
            let isLast = isOver
            let outcomes = try await store.takeDeliveries(limit: 5, for: .seconds(20))
            invariants.noteDelivery(of: outcomes)
            if isLast, outcomes.isEmpty, try await store.overview().undeliveredOutcomes == 0 { return }
            if isLast || !chance(30) {
                try await store.acknowledge(outcomes.map(\.id))
                invariants.noteAcknowledgement(of: outcomes)
            }
            try await clock.sleep(for: .seconds(2))
        }
    }

    private func check() async throws {
        while !isOver {
            try await invariants.check(at: clock.elapsed)
            try await clock.sleep(for: .seconds(3))
        }
    }
}
