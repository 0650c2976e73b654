import FetchCore
import FetchJobs
import Foundation
import Synchronization
import TestSupport

/// The invariants of a fleet that can be seen in its store.
final class FleetInvariants: Sendable {
    private struct State {
        var added: Set<StoredJobID> = []
        var outcomes: [StoredJobID: StoredOutcome] = [:]
        var delivered: Set<StoredJobID> = []
        var acknowledged: Set<StoredJobID> = []
        /// Workers whose process is over, and when that was.
        var deaths: [WorkerID: Duration] = [:]
        var parked = 0
    }

    /// Returns the time after which no lease of a dead worker may be left: its time to live, and two rounds of clearing
    /// up, of which one may get lost. If it died during the chaos, the others may be suspended, and their calls stall.
    private static func longestLease(endedAt death: Duration) -> Duration {
        let time = ProcessLife.timeToLive + ProcessLife.timeToLive / 6 * 1.5 * 2 + .seconds(5)
        let isDisturbed = death < SimulatedFleet.chaosEnd
        return time + (isDisturbed ? SimulatedFleet.longestSuspension + FaultyConnection.longestStall : .zero)
    }

    private let store: InMemoryJobStore
    private let jobs: [SimulatedJob]
    private let violations: EventLog<String>
    private let state = Mutex(State())

    init(_ store: InMemoryJobStore, _ jobs: [SimulatedJob], _ violations: EventLog<String>) {
        self.store = store
        self.jobs = jobs
        self.violations = violations
    }

    /// The numbers of outcomes by their kinds.
    var ends: [JobEnd.Kind: Int] {
        state.withLock { state in Dictionary(grouping: state.outcomes.values, by: \.end.kind).mapValues(\.count) }
    }

    /// The number of jobs that were parked before the poisonous ones were mended.
    var parked: Int { state.withLock(\.parked) }

    private func expect(_ condition: Bool, _ problem: @autoclosure () -> String) {
        if !condition { violations.record(problem()) }
    }

    func note(_ results: [AddResult]) {
        for result in results {
            guard case .added(let id) = result else { continue }
            state.withLock { _ = $0.added.insert(id) }
        }
    }

    func noteEnd(of life: ProcessLife, at time: Duration) {
        guard let worker = life.worker else { return }
        state.withLock { $0.deaths[worker] = time }
    }

    func noteDelivery(of outcomes: [StoredOutcome]) {
        let again = state.withLock { state in
            state.delivered.formUnion(outcomes.map(\.id))
            return !state.acknowledged.isDisjoint(with: outcomes.map(\.id))
        }
        expect(!again, "9: An outcome that was acknowledged was delivered again.")
    }

    func noteAcknowledgement(of outcomes: [StoredOutcome]) {
        state.withLock { $0.acknowledged.formUnion(outcomes.map(\.id)) }
    }

    /// Checks the jobs that have died with five workers.
    func noteMending() async throws {
        let parked = try await store.jobs(JobPage(.parked, limit: .max))
        state.withLock { $0.parked = parked.count }
        for stored in parked { expect(stored.deaths >= StoredJob.deathsUntilParked, "8: A job was parked too soon.") }
        let waiting = try await store.jobs(JobPage(.waiting, limit: .max))
        for stored in waiting where stored.parkedReason == nil {
            guard case .integer(let number)? = stored.job.note else { continue }
            expect(jobs[Int(number)].course != .isPoisonous, "8: The poisonous job \(number) isn't parked.")
        }
    }

    /// Checks what has to hold at each moment.
    func check(at time: Duration) async throws {
        let waiting = try await store.jobs(JobPage(.waiting, limit: .max))
        let keys = waiting.map { "\($0.job.tenant ?? "") \($0.job.job)" }
        expect(Set(keys).count == keys.count, "2: Two waiting jobs have one tenant and reference.")
        for stored in waiting {
            expect(stored.deaths < StoredJob.deathsUntilParked || stored.parkedReason != nil, "8: A job isn't parked.")
            expect(stored.worker == nil || stored.parkedReason == nil, "8: A parked job is leased.")
            guard let worker = stored.worker, let death = state.withLock({ $0.deaths[worker] }) else { continue }
            expect(
                time - death <= Self.longestLease(endedAt: death),
                "7: \(time - death) after the end of the worker \(worker) the job \(stored.id) is leased to it."
            )
        }
        try await checkOutcomes(waiting: Set(waiting.map(\.id)))
    }

    private func checkOutcomes(waiting: Set<StoredJobID>) async throws {
        let (added, known) = state.withLock { ($0.added.sorted(), $0.outcomes) }
        expect(waiting.isSubset(of: added), "1: A job is waiting that wasn't added.")
        for job in jobs {
            let stored = try job.stored()
            guard let outcome = try await store.outcome(of: stored.job, tenant: stored.tenant) else { continue }
            expect(!waiting.contains(outcome.id), "1: The job \(job.number) is waiting and has ended.")
            expect(known[outcome.id].map { $0 == outcome } ?? true, "2: The outcome of \(job.number) has changed.")
            expect(job.canEnd(with: outcome.end.kind), "The job \(job.number) ended as \(outcome.end.kind).")
            state.withLock { $0.outcomes[outcome.id] = outcome }
        }
        let ended = state.withLock { Set($0.outcomes.keys) }
        let lost = added.filter { !waiting.contains($0) && !ended.contains($0) }
        expect(lost.isEmpty, "1: The jobs \(lost) are lost.")
        expect(waiting.isDisjoint(with: ended), "1: A job is waiting again that had ended.")
    }

    /// Checks what has to hold when the run is over.
    func checkEnd(at time: Duration) async throws {
        try await check(at: time)
        let waiting = try await store.jobs(JobPage(.waiting, limit: .max))
        expect(waiting.isEmpty, "1: At the end \(waiting.count) jobs are waiting.")
        let (added, ended, delivered) = state.withLock { ($0.added.count, $0.outcomes.count, $0.delivered.count) }
        expect(added == jobs.count, "2: \(added) jobs were added instead of \(jobs.count).")
        expect(ended == jobs.count, "1: \(ended) of \(jobs.count) jobs have ended.")
        expect(delivered == jobs.count, "9: \(delivered) of \(jobs.count) outcomes were delivered.")
    }
}
