public import FetchCore
public import FetchJobs

/// A store that carries its calls out with another one, such as one that counts them, or that fails in a test.
///
/// ```swift
/// struct UnreachableStore: WrappedJobStore {
///     let inner: any JobStore
///
///     func renew(_ report: FleetWorker, timeToLive: Duration) async throws -> Fleet? {
///         throw JobStoreError(.unavailable, "the network is divided")
///     }
/// }
/// ```
///
/// A conforming type implements single functions itself, or ``call(_:_:)``, through which all others go.
public protocol WrappedJobStore: JobStore {
    /// The store that carries the calls out.
    var inner: any JobStore { get }

    /// Carries a call out. By default, it calls the inner store.
    ///
    /// - Parameters:
    ///   - name: The name of the function, such as `lease`.
    ///   - body: Calls the function of a store.
    /// - Returns: What the function returns.
    /// - Throws: What the function throws.
    func call<Result: Sendable>(
        _ name: String,
        _ body: @escaping @Sendable (any JobStore) async throws -> Result
    ) async throws -> Result
}

extension WrappedJobStore {
    /// Calls the inner store.
    public func call<Result: Sendable>(
        _ name: String,
        _ body: @escaping @Sendable (any JobStore) async throws -> Result
    ) async throws -> Result {
        try await body(inner)
    }
}

// Each function of a store.
extension WrappedJobStore {
    /// Adds jobs, all or none.
    public func add(_ jobs: [DurableJob]) async throws -> [AddResult] {
        try await call("add") { try await $0.add(jobs) }
    }

    /// Registers a worker.
    public func register(_ name: String, timeToLive: Duration) async throws -> WorkerID {
        try await call("register") { try await $0.register(name, timeToLive: timeToLive) }
    }

    /// Extends the life of a worker to the time to live from now, and stores its report.
    public func renew(_ report: FleetWorker, timeToLive: Duration) async throws -> Fleet? {
        try await call("renew") { try await $0.renew(report, timeToLive: timeToLive) }
    }

    /// Leases jobs to a worker: those that are due, not parked, of the endpoints, and of no account that is paused or
    /// excluded.
    public func lease(_ request: LeaseRequest, by worker: WorkerID) async throws -> [LeasedJob] {
        try await call("lease") { try await $0.lease(request, by: worker) }
    }

    /// Returns the jobs that a worker has leased, in the order of their numbers.
    public func leases(of worker: WorkerID, after: StoredJobID?, limit: Int) async throws -> [LeasedJob] {
        try await call("leases") { try await $0.leases(of: worker, after: after, limit: limit) }
    }

    /// Records the ends of jobs.
    public func record(_ ends: [EndedJob], by worker: WorkerID) async throws -> Set<StoredJobID> {
        try await call("record") { try await $0.record(ends, by: worker) }
    }

    /// Ends the worker's leases of jobs without an end.
    public func giveBack(_ jobs: [ReturnedJob], by worker: WorkerID) async throws {
        try await call("giveBack") { try await $0.giveBack(jobs, by: worker) }
    }

    /// Notes that a worker ends in order: it gets no more jobs, and can still record, give back and renew.
    public func leave(_ worker: WorkerID) async throws { try await call("leave") { try await $0.leave(worker) } }

    /// Removes a worker.
    public func deregister(_ worker: WorkerID) async throws {
        try await call("deregister") { try await $0.deregister(worker) }
    }

    /// Declares workers dead whose time is over, and ends their leases and overdue jobs.
    public func clearUp(limit: Int) async throws -> ClearUpResult {
        try await call("clearUp") { try await $0.clearUp(limit: limit) }
    }

    /// Cancels the wait for a job, also if a worker has leased it.
    public func cancel(_ job: JobReference, tenant: String?) async throws -> StoredOutcome? {
        try await call("cancel") { try await $0.cancel(job, tenant: tenant) }
    }

    /// Hints that a job may be done, such as after a webhook.
    public func wake(_ job: JobReference, tenant: String?) async throws {
        try await call("wake") { try await $0.wake(job, tenant: tenant) }
    }

    /// Removes and returns the hints for the jobs that a worker has leased.
    public func takeHints(of worker: WorkerID) async throws -> [StoredJobID] {
        try await call("takeHints") { try await $0.takeHints(of: worker) }
    }

    /// Pauses an account.
    public func pause(_ account: ProviderAccount, for duration: Duration?, because reason: String) async throws {
        try await call("pause") { try await $0.pause(account, for: duration, because: reason) }
    }

    /// Ends the pause of an account.
    @discardableResult
    public func resume(_ account: ProviderAccount) async throws -> Bool {
        try await call("resume") { try await $0.resume(account) }
    }

    /// Takes outcomes that aren't acknowledged, and that no reader has taken, or not any more.
    public func takeDeliveries(limit: Int, for duration: Duration) async throws -> [StoredOutcome] {
        try await call("takeDeliveries") { try await $0.takeDeliveries(limit: limit, for: duration) }
    }

    /// Ends the deliveries of outcomes.
    public func acknowledge(_ outcomes: [StoredJobID]) async throws {
        try await call("acknowledge") { try await $0.acknowledge(outcomes) }
    }

    /// Returns the learned durations of each endpoint, for the configuration of a client.
    public func durations() async throws -> [EndpointName: JobDurations] {
        try await call("durations") { try await $0.durations() }
    }

    /// Merges learned durations into those of the store: of an endpoint, the new ones are kept unless the stored ones
    /// have more weight by a tenth.
    public func merge(_ durations: [EndpointName: JobDurations]) async throws {
        try await call("merge") { try await $0.merge(durations) }
    }

    /// Returns the state of the store at a glance, without counting tables.
    public func overview() async throws -> StoreOverview { try await call("overview") { try await $0.overview() } }

    /// Returns a page of jobs, in the order of their numbers.
    public func jobs(_ page: JobPage) async throws -> [StoredJob] { try await call("jobs") { try await $0.jobs(page) } }

    /// Returns the outcome of a job that has ended.
    public func outcome(of job: JobReference, tenant: String?) async throws -> StoredOutcome? {
        try await call("outcome") { try await $0.outcome(of: job, tenant: tenant) }
    }

    /// Lets workers lease parked jobs again, and forgets their deaths.
    @discardableResult
    public func retry(_ jobs: [StoredJobID]) async throws -> Set<StoredJobID> {
        try await call("retry") { try await $0.retry(jobs) }
    }
}
