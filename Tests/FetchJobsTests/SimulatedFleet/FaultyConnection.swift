import FetchCore
import FetchJobs
import FetchTesting
import Synchronization
import TestSupport

/// The connection of a process to the store, on which calls take time, are lost before or after they have had their
/// effect, and stall. A call that the process doesn't wait for any more has its effect nevertheless.
final class FaultyConnection: Sendable {
    private enum Fault {
        case none, before, after
    }

    private struct State {
        var random: SplitMix64
        var lastRenewal = 0
        var carriedOutRenewal = 0
    }

    static let longestStall: Duration = .seconds(30)

    let inner: any JobStore
    let life: ProcessLife
    let violations: EventLog<String>
    private let isFaulty: @Sendable () -> Bool
    private let state: Mutex<State>

    init(
        to store: InMemoryJobStore,
        of life: ProcessLife,
        seed: UInt64,
        violations: EventLog<String>,
        isFaulty: @escaping @Sendable () -> Bool
    ) {
        inner = store
        self.life = life
        self.violations = violations
        self.isFaulty = isFaulty
        state = Mutex(State(random: SplitMix64(seed: seed)))
    }

    func expect(_ condition: Bool, _ problem: @autoclosure () -> String) {
        if !condition { violations.record("\(life.clock.base.elapsed): \(problem())") }
    }

    private func send<Result: Sendable>(
        canStall: Bool = true,
        _ body: @escaping @Sendable (any JobStore) async throws -> Result
    ) async throws -> Result {
        guard !life.isOver else { throw JobStoreError(.unavailable, "the process is over") }
        let (fault, before, after) = plan(canStall: canStall)
        let base = life.clock.base
        // A task of its own, which goes on when the caller is cancelled.
        let task = Task(executorPreference: base.taskExecutor) {
            try await base.sleep(for: before)
            if fault == .before { throw JobStoreError(.unavailable, "the call was lost") }
            let result = try await body(self.inner)
            try await base.sleep(for: after)
            if fault == .after { throw JobStoreError(.unavailable, "the result was lost") }
            return result
        }
        let result = await task.result
        try await life.clock.waitWhileSuspended()
        return try result.get()
    }

    private func plan(canStall: Bool) -> (Fault, Duration, Duration) {
        let isFaulty = isFaulty()
        return state.withLock { state in
            func time(_ longest: Double) -> Duration { .seconds(Double.random(in: 0...longest, using: &state.random)) }
            guard isFaulty else { return (.none, time(0.02), time(0.02)) }
            let isStalled = canStall && Int.random(in: 0..<60, using: &state.random) == 0
            let before = isStalled ? time(Self.longestStall.seconds) : time(0.05)
            switch Int.random(in: 0..<30, using: &state.random) {
            case 0: return (.before, before, time(0.05))
            case 1: return (.after, before, time(0.05))
            default: return (.none, before, time(0.05))
            }
        }
    }
}

extension FaultyConnection: WrappedJobStore {
    func call<Result: Sendable>(
        _ name: String,
        _ body: @escaping @Sendable (any JobStore) async throws -> Result
    ) async throws -> Result {
        try await send(body)
    }

    func register(_ name: String, timeToLive: Duration) async throws -> WorkerID {
        let sent = life.clock.base.elapsed
        let worker = try await send { try await $0.register(name, timeToLive: timeToLive) }
        life.noteRegistration(worker, sentAt: sent)
        return worker
    }

    func renew(_ report: FleetWorker, timeToLive: Duration) async throws -> Fleet? {
        let sent = life.clock.base.elapsed
        let number = state.withLock { state in
            state.lastRenewal += 1
            return state.lastRenewal
        }
        let fleet = try await send { store in
            // Renewals take effect in their order.
            let isLate = self.state.withLock { state in
                defer { state.carriedOutRenewal = max(state.carriedOutRenewal, number) }
                return state.carriedOutRenewal > number
            }
            if isLate { throw JobStoreError(.unavailable, "the renewal was given up") }
            return try await store.renew(report, timeToLive: timeToLive)
        }
        if fleet != nil { life.noteRenewal(of: report.id, sentAt: sent) }
        return fleet
    }

    func lease(_ request: LeaseRequest, by worker: WorkerID) async throws -> [LeasedJob] {
        try await send { store in
            let jobs = try await store.lease(request, by: worker)
            let isKnown = jobs.allSatisfy { request.endpoints.contains($0.stored.job.job.endpoint) }
            self.expect(isKnown, "6: A worker has leased a job of an endpoint that it doesn't know.")
            return jobs
        }
    }

    func record(_ ends: [EndedJob], by worker: WorkerID) async throws -> Set<StoredJobID> {
        try await send { store in
            let held = Set(try await store.leases(of: worker, after: nil, limit: .max).map(\.id))
            let waiting = Set(try await store.jobs(JobPage(.waiting, limit: .max)).map(\.id))
            let recorded = try await store.record(ends, by: worker)
            let isFenced = recorded.intersection(waiting).isSubset(of: held)
            self.expect(isFenced, "3: The worker \(worker) has recorded a job that it hasn't leased.")
            return recorded
        }
    }

    func giveBack(_ jobs: [ReturnedJob], by worker: WorkerID) async throws {
        // A late one may free a job that the worker has leased again.
        try await send(canStall: false) { store in
            let others = try await store.jobs(JobPage(.waiting, limit: .max)).filter { $0.worker != worker }
            try await store.giveBack(jobs, by: worker)
            let after = try await store.jobs(JobPage(.waiting, limit: .max)).filter { $0.worker != worker }
            let isUnchanged = Set(others.map(\.id)).isSubset(of: after.map(\.id))
            self.expect(isUnchanged, "3: The worker \(worker) has given back a job of another one.")
        }
    }

    func clearUp(limit: Int) async throws -> ClearUpResult {
        // In small steps, each of which may be the last.
        try await send { try await $0.clearUp(limit: min(limit, 7)) }
    }
}
