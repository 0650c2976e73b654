import FetchCore
import FetchJobs
import FetchTesting
import Synchronization

/// A store that can be made unreachable: its calls don't return for an hour.
final class UnreachableStore: JobStore {
    private let inner: InMemoryJobStore
    private let clock: VirtualClock
    private let isUnreachable = Mutex(false)

    init(_ inner: InMemoryJobStore, _ clock: VirtualClock) {
        self.inner = inner
        self.clock = clock
    }

    /// Has all calls from now on wait.
    func disconnect() { isUnreachable.withLock { $0 = true } }

    private func connected() async throws -> InMemoryJobStore {
        if isUnreachable.withLock({ $0 }) { try await clock.sleep(for: .seconds(3_600)) }
        return inner
    }

    @discardableResult
    func add(_ jobs: [DurableJob]) async throws -> [AddResult] { try await connected().add(jobs) }

    func register(_ name: String, timeToLive: Duration) async throws -> WorkerID {
        try await connected().register(name, timeToLive: timeToLive)
    }

    func renew(_ report: FleetWorker, timeToLive: Duration) async throws -> Fleet? {
        try await connected().renew(report, timeToLive: timeToLive)
    }

    func lease(_ request: LeaseRequest, by worker: WorkerID) async throws -> [LeasedJob] {
        try await connected().lease(request, by: worker)
    }

    func leases(of worker: WorkerID, after: StoredJobID?, limit: Int) async throws -> [LeasedJob] {
        try await connected().leases(of: worker, after: after, limit: limit)
    }

    func record(_ ends: [EndedJob], by worker: WorkerID) async throws -> Set<StoredJobID> {
        try await connected().record(ends, by: worker)
    }

    func giveBack(_ jobs: [ReturnedJob], by worker: WorkerID) async throws {
        try await connected().giveBack(jobs, by: worker)
    }

    func leave(_ worker: WorkerID) async throws { try await connected().leave(worker) }

    func deregister(_ worker: WorkerID) async throws { try await connected().deregister(worker) }

    @discardableResult
    func clearUp(limit: Int) async throws -> ClearUpResult { try await connected().clearUp(limit: limit) }

    @discardableResult
    func cancel(_ job: JobReference, tenant: String?) async throws -> StoredOutcome? {
        try await connected().cancel(job, tenant: tenant)
    }

    func wake(_ job: JobReference, tenant: String?) async throws { try await connected().wake(job, tenant: tenant) }

    func takeHints(of worker: WorkerID) async throws -> [StoredJobID] { try await connected().takeHints(of: worker) }

    func pause(_ account: ProviderAccount, for duration: Duration?, because reason: String) async throws {
        try await connected().pause(account, for: duration, because: reason)
    }

    func resume(_ account: ProviderAccount) async throws -> Bool { try await connected().resume(account) }

    func takeDeliveries(limit: Int, for duration: Duration) async throws -> [StoredOutcome] {
        try await connected().takeDeliveries(limit: limit, for: duration)
    }

    func acknowledge(_ outcomes: [StoredJobID]) async throws { try await connected().acknowledge(outcomes) }

    func durations() async throws -> [EndpointName: JobDurations] { try await connected().durations() }

    func merge(_ durations: [EndpointName: JobDurations]) async throws { try await connected().merge(durations) }

    func overview() async throws -> StoreOverview { try await connected().overview() }

    func jobs(_ page: JobPage) async throws -> [StoredJob] { try await connected().jobs(page) }

    func outcome(of job: JobReference, tenant: String?) async throws -> StoredOutcome? {
        try await connected().outcome(of: job, tenant: tenant)
    }

    func retry(_ jobs: [StoredJobID]) async throws -> Set<StoredJobID> { try await connected().retry(jobs) }
}
