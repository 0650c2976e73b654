import FetchCore
import FetchJobs
import Synchronization

/// A store that can't be read while it is switched off. The calls of workers aren't affected.
final class SwitchedStore: JobStore {
    private let inner: InMemoryJobStore
    private let cancelsBeforeEnds: Bool
    private let isOff = Mutex(false)

    /// - Parameters:
    ///   - inner: The store that carries the calls out.
    ///   - cancelsBeforeEnds: True if jobs are cancelled between their ends and the record of these.
    init(_ inner: InMemoryJobStore, cancelsBeforeEnds: Bool = false) {
        self.inner = inner
        self.cancelsBeforeEnds = cancelsBeforeEnds
    }

    /// Switches the store on or off.
    func set(isOff value: Bool) { isOff.withLock { $0 = value } }

    private func check() throws {
        guard isOff.withLock({ $0 }) else { return }
        throw JobStoreError(.unavailable, "no connection to https://db.example/?token=cafe5165a7ure")
    }

    func overview() async throws -> StoreOverview {
        try check()
        return try await inner.overview()
    }

    func jobs(_ page: JobPage) async throws -> [StoredJob] {
        try check()
        return try await inner.jobs(page)
    }

    @discardableResult
    func add(_ jobs: [DurableJob]) async throws -> [AddResult] { try await inner.add(jobs) }

    func register(_ name: String, timeToLive: Duration) async throws -> WorkerID {
        try await inner.register(name, timeToLive: timeToLive)
    }

    func renew(_ report: FleetWorker, timeToLive: Duration) async throws -> Fleet? {
        try await inner.renew(report, timeToLive: timeToLive)
    }

    func lease(_ request: LeaseRequest, by worker: WorkerID) async throws -> [LeasedJob] {
        try await inner.lease(request, by: worker)
    }

    func leases(of worker: WorkerID, after: StoredJobID?, limit: Int) async throws -> [LeasedJob] {
        try await inner.leases(of: worker, after: after, limit: limit)
    }

    func record(_ ends: [EndedJob], by worker: WorkerID) async throws -> Set<StoredJobID> {
        if cancelsBeforeEnds {
            for job in try await inner.jobs(JobPage(.waiting)) { try await inner.cancel(job.job.job, tenant: nil) }
        }
        return try await inner.record(ends, by: worker)
    }

    func giveBack(_ jobs: [ReturnedJob], by worker: WorkerID) async throws {
        try await inner.giveBack(jobs, by: worker)
    }

    func leave(_ worker: WorkerID) async throws { try await inner.leave(worker) }

    func deregister(_ worker: WorkerID) async throws { try await inner.deregister(worker) }

    @discardableResult
    func clearUp(limit: Int) async throws -> ClearUpResult { try await inner.clearUp(limit: limit) }

    @discardableResult
    func cancel(_ job: JobReference, tenant: String?) async throws -> StoredOutcome? {
        try await inner.cancel(job, tenant: tenant)
    }

    func wake(_ job: JobReference, tenant: String?) async throws { try await inner.wake(job, tenant: tenant) }

    func takeHints(of worker: WorkerID) async throws -> [StoredJobID] { try await inner.takeHints(of: worker) }

    func pause(_ account: ProviderAccount, for duration: Duration?, because reason: String) async throws {
        try await inner.pause(account, for: duration, because: reason)
    }

    func resume(_ account: ProviderAccount) async throws -> Bool { try await inner.resume(account) }

    func takeDeliveries(limit: Int, for duration: Duration) async throws -> [StoredOutcome] {
        try await inner.takeDeliveries(limit: limit, for: duration)
    }

    func acknowledge(_ outcomes: [StoredJobID]) async throws { try await inner.acknowledge(outcomes) }

    func durations() async throws -> [EndpointName: JobDurations] { try await inner.durations() }

    func merge(_ durations: [EndpointName: JobDurations]) async throws { try await inner.merge(durations) }

    func outcome(of job: JobReference, tenant: String?) async throws -> StoredOutcome? {
        try await inner.outcome(of: job, tenant: tenant)
    }

    func retry(_ jobs: [StoredJobID]) async throws -> Set<StoredJobID> { try await inner.retry(jobs) }
}
