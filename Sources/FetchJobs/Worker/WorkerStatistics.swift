public import FetchCore

/// Counters of a ``JobWorker``, since it was created. Copies of a worker share them.
///
/// The counters only grow. For rates, subtract the values of two points in time.
public struct WorkerStatistics: Sendable, Hashable, Codable {
    /// The number of times that ``JobWorker/run()`` has registered itself with the store.
    public var registrations = 0

    /// The number of times that the worker couldn't renew in time, has stopped all requests, and has begun again as a
    /// new worker.
    public var restarts = 0

    /// The number of renewals that the store has confirmed.
    public var renewals = 0

    /// The number of renewals whose result was lost, or took too long.
    public var lostRenewals = 0

    /// The number of calls of the store that have failed, and that the worker has repeated or done without.
    /// ``JobWorker/lastStoreError`` has the reason of the latest.
    public var failedStoreCalls = 0

    /// The number of jobs that were leased.
    public var leasedJobs = 0

    /// The number of ends that were recorded.
    public var recordedEnds = 0

    /// The number of ends that weren't recorded, since the job was cancelled or belongs to another worker.
    ///
    /// A few after a restart are to be expected. A number that grows all the time shows that the worker's time to live
    /// is too short for its store.
    public var lostLeases = 0

    /// The number of jobs that were given back without an end, to be leased again.
    public var returnedJobs = 0

    /// The number of jobs that were given back to be parked.
    public var parkedJobs = 0

    /// The number of pauses of accounts that the worker has reported: after a 429, or since a key was refused.
    public var reportedPauses = 0

    /// The endpoints whose jobs the worker no longer leases, since its client can't poll them: they aren't registered,
    /// or the library of their transport is missing.
    public var leftEndpoints: Set<EndpointName> = []

    /// Creates counters that are zero.
    public init() {}

    /// Adds other counters.
    mutating func add(_ other: Self) {
        registrations += other.registrations
        restarts += other.restarts
        renewals += other.renewals
        lostRenewals += other.lostRenewals
        leasedJobs += other.leasedJobs
        recordedEnds += other.recordedEnds
        lostLeases += other.lostLeases
        returnedJobs += other.returnedJobs
        parkedJobs += other.parkedJobs
        reportedPauses += other.reportedPauses
        failedStoreCalls += other.failedStoreCalls
        leftEndpoints.formUnion(other.leftEndpoints)
    }
}
