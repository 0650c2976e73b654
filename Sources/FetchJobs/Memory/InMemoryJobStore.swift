public import FetchCore
import Synchronization

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A store in memory, for tests and for applications whose jobs need not survive their process.
///
/// ```swift
/// let store = InMemoryJobStore()
/// ```
///
/// Its rules are those of any store. Nothing of it outlives the process.
public final class InMemoryJobStore: JobStore {
    private let state: Mutex<JobStoreState>
    private let date: @Sendable () -> Date

    /// Creates an empty store.
    ///
    /// - Parameters:
    ///   - retention: The time for which an outcome is kept after it was acknowledged. Defaults to 30 days.
    ///   - date: Returns the date of the store's clock. Only tests replace it, for example by `VirtualClock.wallClock`.
    public init(retention: Duration = .seconds(30 * 86_400), date: @escaping @Sendable () -> Date = { Date() }) {
        state = Mutex(JobStoreState(retention: retention))
        self.date = date
    }

    private func transaction<Result: Sendable, Failure: Error>(
        _ body: (inout JobStoreState, Date) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try state.withLock { state throws(Failure) in try body(&state, date()) }
    }
}

// Jobs and their outcomes.
extension InMemoryJobStore {
    /// Adds jobs, all or none.
    @discardableResult
    public func add(_ jobs: [DurableJob]) async throws -> [AddResult] {
        try transaction { state, now in try state.add(jobs, at: now) }
    }

    /// Cancels the wait for a job.
    @discardableResult
    public func cancel(_ job: JobReference, tenant: String? = nil) async throws -> StoredOutcome? {
        transaction { $0.cancel(job, tenant: tenant, at: $1) }
    }

    /// Hints that a job may be done.
    public func wake(_ job: JobReference, tenant: String? = nil) async throws {
        transaction { $0.wake(job, tenant: tenant, at: $1) }
    }

    /// Takes outcomes that aren't acknowledged.
    public func takeDeliveries(limit: Int, for duration: Duration) async throws -> [StoredOutcome] {
        transaction { $0.takeDeliveries(limit: limit, for: duration, at: $1) }
    }

    /// Ends the deliveries of outcomes.
    public func acknowledge(_ outcomes: [StoredJobID]) async throws {
        transaction { $0.acknowledge(outcomes, at: $1) }
    }
}

// Workers.
extension InMemoryJobStore {
    /// Registers a worker. The name isn't kept.
    public func register(_ name: String, timeToLive: Duration) async throws -> WorkerID {
        transaction { $0.register(timeToLive: timeToLive, at: $1) }
    }

    /// Extends the life of a worker.
    public func renew(_ report: FleetWorker, timeToLive: Duration) async throws -> Fleet? {
        transaction { $0.renew(report, timeToLive: timeToLive, at: $1) }
    }

    /// Leases jobs to a worker.
    public func lease(_ request: LeaseRequest, by worker: WorkerID) async throws -> [LeasedJob] {
        transaction { $0.lease(request, by: worker, at: $1) }
    }

    /// Returns the jobs that a worker has leased.
    public func leases(of worker: WorkerID, after: StoredJobID?, limit: Int) async throws -> [LeasedJob] {
        transaction { $0.leases(of: worker, after: after, limit: limit, at: $1) }
    }

    /// Records the ends of jobs.
    public func record(_ ends: [EndedJob], by worker: WorkerID) async throws -> Set<StoredJobID> {
        transaction { $0.record(ends, by: worker, at: $1) }
    }

    /// Ends the worker's leases of jobs without an end.
    public func giveBack(_ jobs: [ReturnedJob], by worker: WorkerID) async throws {
        transaction { $0.giveBack(jobs, by: worker, at: $1) }
    }

    /// Notes that a worker ends in order.
    public func leave(_ worker: WorkerID) async throws { transaction { state, _ in state.leave(worker) } }

    /// Removes a worker.
    public func deregister(_ worker: WorkerID) async throws { transaction { state, _ in state.deregister(worker) } }

    /// Declares workers dead, and ends their leases.
    @discardableResult
    public func clearUp(limit: Int) async throws -> ClearUpResult { transaction { $0.clearUp(limit: limit, at: $1) } }

    /// Removes and returns the hints for the jobs of a worker.
    public func takeHints(of worker: WorkerID) async throws -> [StoredJobID] {
        transaction { state, _ in state.takeHints(of: worker) }
    }
}

// Accounts, learned durations and inspection.
extension InMemoryJobStore {
    /// Pauses an account.
    public func pause(_ account: ProviderAccount, for duration: Duration?, because reason: String) async throws {
        transaction { $0.pause(account, for: duration, because: reason, at: $1) }
    }

    /// Ends the pause of an account.
    @discardableResult
    public func resume(_ account: ProviderAccount) async throws -> Bool {
        transaction { state, _ in state.resume(account) }
    }

    /// Returns the learned durations of each endpoint.
    public func durations() async throws -> [EndpointName: JobDurations] { transaction { state, _ in state.durations } }

    /// Merges learned durations into those of the store.
    public func merge(_ durations: [EndpointName: JobDurations]) async throws {
        transaction { state, _ in state.merge(durations) }
    }

    /// Returns the state of the store at a glance.
    public func overview() async throws -> StoreOverview { transaction { $0.overview(at: $1) } }

    /// Returns a page of jobs.
    public func jobs(_ page: JobPage) async throws -> [StoredJob] { transaction { state, _ in state.jobs(page) } }

    /// Returns the outcome of a job.
    public func outcome(of job: JobReference, tenant: String? = nil) async throws -> StoredOutcome? {
        transaction { state, _ in state.outcome(of: job, tenant: tenant) }
    }

    /// Lets workers lease parked jobs again.
    @discardableResult
    public func retry(_ jobs: [StoredJobID]) async throws -> Set<StoredJobID> {
        transaction { $0.retry(jobs, at: $1) }
    }
}
