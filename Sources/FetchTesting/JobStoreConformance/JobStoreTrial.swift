import FetchCore
package import FetchJobs
import Synchronization

/// The check of one rule with one store.
package final class JobStoreTrial: Sendable {
    let rule: JobStoreRule
    package let store: any JobStore
    package let clock: TrialClock
    private let found = Mutex<[JobStoreViolation]>([])

    /// The time to live of the trial's workers.
    let timeToLive: Duration = .seconds(60)

    init(rule: JobStoreRule, store: any JobStore, clock: TrialClock) {
        self.rule = rule
        self.store = store
        self.clock = clock
    }

    var violations: [JobStoreViolation] { found.withLock { $0 } }

    /// Records a violation unless a condition holds.
    func expect(_ condition: Bool, _ explanation: @autoclosure () -> String) {
        guard !condition else { return }
        let violation = JobStoreViolation(rule: rule, explanation: explanation())
        found.withLock { $0.append(violation) }
    }

    /// Records a violation and ends the trial unless a condition holds.
    func require(_ condition: Bool, _ explanation: @autoclosure () -> String) throws {
        expect(condition, explanation())
        if !condition { throw EndOfTrial() }
    }

    func advance(_ seconds: Int) { clock.advance(by: .seconds(seconds)) }
}

// What the rules have in common.
extension JobStoreTrial {
    /// Returns the job with a number of the endpoint `example.video`.
    func job(_ number: Int, tenant: String? = nil, account: AccountID? = nil) throws -> DurableJob {
        try DurableJob("example.video:\(number)", tenant: tenant, account: account, note: .integer(Int64(number)))
    }

    /// Adds jobs with the numbers of a range.
    @discardableResult
    func add(_ numbers: ClosedRange<Int>, tenant: String? = nil) async throws -> [StoredJobID] {
        let ids = try await store.add(numbers.map { try job($0, tenant: tenant) }).map(\.id)
        try require(ids.count == numbers.count, "Adding \(numbers.count) jobs returned \(ids.count) results.")
        return ids
    }

    func register() async throws -> WorkerID { try await store.register("trial", timeToLive: timeToLive) }

    func request(limit: Int = 100, excluding accounts: Set<AccountID?> = []) -> LeaseRequest {
        LeaseRequest("example", endpoints: ["example.video"], excludedAccounts: accounts, limit: limit)
    }

    @discardableResult
    func lease(by worker: WorkerID, limit: Int = 100) async throws -> [StoredJobID] {
        try await store.lease(request(limit: limit), by: worker).map(\.id)
    }

    func renew(_ worker: WorkerID) async throws -> Fleet? {
        try await store.renew(FleetWorker(id: worker), timeToLive: timeToLive)
    }

    /// Has the time of all workers end, and clears up.
    @discardableResult
    func endWorkers() async throws -> ClearUpResult {
        advance(61)
        return try await store.clearUp(limit: 10_000)
    }
}
