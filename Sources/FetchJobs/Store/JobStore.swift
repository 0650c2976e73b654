public import FetchCore

/// A store of jobs that are waited for, of their outcomes, and of the workers that poll them.
///
/// ```swift
/// let store = InMemoryJobStore()
/// try await store.add([DurableJob("modelslab.video:42", submitted: submission, tenant: "t-7", note: ["row": 9])])
/// ```
///
/// Applications call ``add(_:)``, ``deliveries(batch:takenFor:checkingEvery:clock:)``, ``cancel(_:tenant:)`` and the functions of
/// inspection. A ``JobWorker`` calls the others.
///
/// ## For authors of stores
///
/// Each function is one statement or one transaction: it has its whole effect or none. All dates are those of the
/// store's own clock, and no function takes a date of a worker. A function throws ``JobStoreError``, or
/// `CancellationError` if the caller's task is cancelled. A caller that received no result calls again, also if the
/// store has carried the first call out. So a second call must not change what the first one did; each function says
/// what it returns then.
///
/// A job is waiting or has ended, never both and never neither. A waiting job is leased by at most one worker. A worker
/// is registered, then leaving if it ends in order, and dead if its time is over; a dead worker stays dead, and its
/// number isn't used again. Only the worker that has leased a job records its end, and recording removes the job in the
/// same transaction. That is what makes an outcome single.
///
/// `JobStoreConformance` in FetchTesting checks a store against this contract.
public protocol JobStore: Sendable {
    /// Adds jobs, all or none.
    ///
    /// A job whose tenant waits for the same reference already isn't added, nor is one that has ended, as long as the
    /// store keeps its outcome. So adding again is safe.
    ///
    /// - Parameter jobs: The jobs. The second of two with the same tenant and reference is
    ///   ``AddResult/alreadyWaiting(_:)``.
    /// - Returns: The result for each job, in the order of the jobs.
    /// - Throws: ``JobStoreError`` with the code ``JobStoreError/Code/invalidJob`` if
    ///   ``DurableJob/validate()`` refuses a job; no job is added then.
    @discardableResult
    func add(_ jobs: [DurableJob]) async throws -> [AddResult]

    /// Registers a worker. If the result is lost, the registered worker dies by itself.
    ///
    /// - Parameters:
    ///   - name: A name for people, such as that of the machine. It needn't be unique.
    ///   - timeToLive: The time without a renewal after which the worker may be declared dead.
    /// - Returns: The number of the worker, which no worker has had before.
    /// - Throws: ``JobStoreError``; `CancellationError`.
    func register(_ name: String, timeToLive: Duration) async throws -> WorkerID

    /// Extends the life of a worker to the time to live from now, and stores its report.
    ///
    /// A store of several processes uses a connection of its own for it, so that no other statement delays it. The
    /// renewals of a worker take effect in the order of their calls: one that was given up has no effect after a later
    /// one. Otherwise the shares of a limit could add up to more.
    ///
    /// - Parameters:
    ///   - report: The number of the worker and its report.
    ///   - timeToLive: The time without a further renewal after which the worker may be declared dead.
    /// - Returns: All workers that aren't dead and the pauses of accounts; `nil` if the worker is dead or its time is
    ///   over. It is dead for ever then.
    /// - Throws: ``JobStoreError``; `CancellationError`.
    func renew(_ report: FleetWorker, timeToLive: Duration) async throws -> Fleet?

    /// Leases jobs to a worker: those that are due, not parked, of the endpoints, and of no account that is paused or
    /// excluded.
    ///
    /// Jobs that are due first come first, those of several tenants in turn, or at least no more than half of one
    /// tenant while others have due jobs. At most ``LeaseRequest/maximumAfterDeaths`` jobs have deaths. A store with very
    /// many tenants may look at some of them with each call, if each has its turn.
    ///
    /// - Parameters:
    ///   - request: The provider, its endpoints, and the number of jobs.
    ///   - worker: The worker. One that is dead, leaving or unknown, or whose time is over, gets no job.
    /// - Returns: The jobs that this call has leased. If the result is lost, ``leases(of:after:limit:)`` finds them.
    /// - Throws: ``JobStoreError``; `CancellationError`.
    func lease(_ request: LeaseRequest, by worker: WorkerID) async throws -> [LeasedJob]

    /// Returns the jobs that a worker has leased, in the order of their numbers.
    ///
    /// - Parameters:
    ///   - worker: The worker.
    ///   - after: The last job of the page before. `nil` for the first page.
    ///   - limit: The greatest number of jobs.
    /// - Returns: The jobs, fewer than the limit if there are no more.
    /// - Throws: ``JobStoreError``; `CancellationError`.
    func leases(of worker: WorkerID, after: StoredJobID?, limit: Int) async throws -> [LeasedJob]

    /// Records the ends of jobs. Each job that the worker has leased is removed, its outcome is stored, and its
    /// delivery begins. A job that it hasn't leased, or not any more, isn't changed.
    ///
    /// - Parameters:
    ///   - ends: The jobs and their ends.
    ///   - worker: The worker.
    /// - Returns: The jobs whose outcome is recorded by this worker, by this call or by an earlier one. The others
    ///   belong to another worker, or were cancelled.
    /// - Throws: ``JobStoreError``; `CancellationError`.
    func record(_ ends: [EndedJob], by worker: WorkerID) async throws -> Set<StoredJobID>

    /// Ends the worker's leases of jobs without an end. A job that it hasn't leased, or not any more, isn't changed.
    ///
    /// - Parameters:
    ///   - jobs: The jobs, when they may be leased again, and whether they are parked.
    ///   - worker: The worker.
    /// - Throws: ``JobStoreError``; `CancellationError`.
    func giveBack(_ jobs: [ReturnedJob], by worker: WorkerID) async throws

    /// Notes that a worker ends in order: it gets no more jobs, and can still record, give back and renew.
    func leave(_ worker: WorkerID) async throws

    /// Removes a worker. The leases that it still has end with it, or with the next ``clearUp(limit:)``. No death is
    /// counted.
    func deregister(_ worker: WorkerID) async throws

    /// Declares workers dead whose time is over, ends leases of dead and removed workers, and ends jobs without a
    /// worker whose deadline passed more than ``StoredJob/graceAfterDeadline`` ago, with ``JobEnd/Kind/deadline``.
    ///
    /// Each lease of a dead worker counts as a death of its job if the worker's life, from its registration to its last
    /// renewal, was shorter than ``StoredJob/shortLife``. A job with ``StoredJob/deathsUntilParked`` deaths is parked.
    ///
    /// Any process may call it at any time, several at once included.
    ///
    /// - Parameter limit: The greatest number of jobs that one call changes.
    /// - Returns: The changes. Call it again while ``ClearUpResult/isIncomplete``.
    /// - Throws: ``JobStoreError``; `CancellationError`.
    @discardableResult
    func clearUp(limit: Int) async throws -> ClearUpResult

    /// Cancels the wait for a job, also if a worker has leased it. Its outcome is ``JobEnd/Kind/cancelled``. The job
    /// itself goes on at its provider.
    ///
    /// - Parameters:
    ///   - job: The job.
    ///   - tenant: The tenant of the job. `nil` if it has none.
    /// - Returns: The outcome, also that of a job that had ended before; `nil` if the store doesn't know the job.
    /// - Throws: ``JobStoreError``; `CancellationError`.
    @discardableResult
    func cancel(_ job: JobReference, tenant: String?) async throws -> StoredOutcome?

    /// Hints that a job may be done, such as after a webhook. Its worker polls it soon. A job without a worker is due
    /// at once. A job that isn't waited for, or is parked, isn't changed.
    ///
    /// - Parameters:
    ///   - job: The job.
    ///   - tenant: The tenant of the job. `nil` if it has none.
    /// - Throws: ``JobStoreError``; `CancellationError`.
    func wake(_ job: JobReference, tenant: String?) async throws

    /// Removes and returns the hints for the jobs that a worker has leased. A lost result loses hints, and no more.
    func takeHints(of worker: WorkerID) async throws -> [StoredJobID]

    /// Pauses an account. Of two pauses of an account, the one that ends later counts, and one without an end always.
    ///
    /// - Parameters:
    ///   - account: The account.
    ///   - duration: The length of the pause from now. `nil` if only ``resume(_:)`` ends it.
    ///   - reason: The reason, for people. It must not contain a key.
    /// - Throws: ``JobStoreError``; `CancellationError`.
    func pause(_ account: ProviderAccount, for duration: Duration?, because reason: String) async throws

    /// Ends the pause of an account. A pause whose time is over may still be there.
    ///
    /// - Parameter account: The account.
    /// - Returns: False if there was no pause, so that a mistyped account is noticed. A second call returns false.
    /// - Throws: ``JobStoreError``; `CancellationError`.
    @discardableResult
    func resume(_ account: ProviderAccount) async throws -> Bool

    /// Takes outcomes that aren't acknowledged, and that no reader has taken, or not any more. Each is taken for a
    /// time: if it isn't acknowledged then, it is delivered again.
    ///
    /// - Parameters:
    ///   - limit: The greatest number of outcomes.
    ///   - duration: The time after which an outcome that isn't acknowledged can be taken again.
    /// - Returns: The outcomes, those that were recorded first before the others as far as possible. If the result is
    ///   lost, they are delivered again after the time.
    /// - Throws: ``JobStoreError``; `CancellationError`.
    func takeDeliveries(limit: Int, for duration: Duration) async throws -> [StoredOutcome]

    /// Ends the deliveries of outcomes. Those that have ended before aren't changed.
    func acknowledge(_ outcomes: [StoredJobID]) async throws

    /// Returns the learned durations of each endpoint, for the configuration of a client.
    func durations() async throws -> [EndpointName: JobDurations]

    /// Merges learned durations into those of the store: of an endpoint, the new ones are kept unless the stored ones
    /// have more weight by a tenth. So any number of workers can do it, and in any order.
    func merge(_ durations: [EndpointName: JobDurations]) async throws

    /// Returns the state of the store at a glance, without counting tables.
    func overview() async throws -> StoreOverview

    /// Returns a page of jobs, in the order of their numbers.
    func jobs(_ page: JobPage) async throws -> [StoredJob]

    /// Returns the outcome of a job that has ended.
    ///
    /// - Parameters:
    ///   - job: The job.
    ///   - tenant: The tenant of the job. `nil` if it has none.
    /// - Returns: The outcome; `nil` if the store has none, or keeps it no longer.
    /// - Throws: ``JobStoreError``; `CancellationError`.
    func outcome(of job: JobReference, tenant: String?) async throws -> StoredOutcome?

    /// Lets workers lease parked jobs again, and forgets their deaths. Jobs that aren't parked aren't changed.
    ///
    /// - Parameter jobs: The jobs.
    /// - Returns: Those that were parked. A second call returns none of them.
    /// - Throws: ``JobStoreError``; `CancellationError`.
    @discardableResult
    func retry(_ jobs: [StoredJobID]) async throws -> Set<StoredJobID>
}
