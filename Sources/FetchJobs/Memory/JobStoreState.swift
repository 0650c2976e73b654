package import FetchCore
import FetchDataStructures

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// All rules of a store as a value without lock, clock and tasks. Each function is one transaction at a date.
package struct JobStoreState: Sendable {
    /// A worker that isn't dead.
    struct Worker: Sendable {
        var report: FleetWorker
        let registered: Date
        var renewed: Date
        var expires: Date
        var isLeaving = false
    }

    /// The time for which an outcome is kept after it was acknowledged.
    let retention: Duration

    var waiting: [StoredJobID: StoredJob] = [:]
    var waitingByKey: [JobKey: StoredJobID] = [:]
    var waitingIndex = JobIndex()
    var parkedIndex = JobIndex()
    var available = AvailableJobs()
    var overdue = Heap<DatedJob>()

    var workers: [WorkerID: Worker] = [:]
    var leases: [WorkerID: JobIndex] = [:]
    /// The workers that are dead and still have leases, and whether their deaths count.
    var deadWorkers: [WorkerID: Bool] = [:]
    var hints: [WorkerID: Set<StoredJobID>] = [:]
    var pauses: [ProviderAccount: AccountPause] = [:]

    var outcomes: [StoredJobID: StoredOutcome] = [:]
    var outcomesByKey: [JobKey: StoredJobID] = [:]
    /// The outcomes that aren't acknowledged, and the dates from which on they can be taken.
    var undelivered: [StoredJobID: Date] = [:]
    var deliveries = Heap<DatedJob>()
    var acknowledged = Heap<DatedJob>()

    var learned: [EndpointName: JobDurations] = [:]

    private var lastJob: Int64 = 0
    private var lastWorker: Int64 = 0

    /// Creates the state of an empty store.
    ///
    /// - Parameter retention: The time for which an outcome is kept after it was acknowledged.
    package init(retention: Duration) { self.retention = retention }

    mutating func newWorkerID() -> WorkerID {
        lastWorker += 1
        return WorkerID(rawValue: lastWorker)
    }
}

// Jobs.
extension JobStoreState {
    package mutating func add(_ jobs: [DurableJob], at now: Date) throws(JobStoreError) -> [AddResult] {
        for job in jobs { try job.validate() }
        return jobs.map { add($0, at: now) }
    }

    private mutating func add(_ job: DurableJob, at now: Date) -> AddResult {
        let key = JobKey(job)
        if let id = waitingByKey[key] { return .alreadyWaiting(id) }
        if let outcome = outcomesByKey[key].flatMap({ outcomes[$0] }) { return .alreadyEnded(outcome) }
        lastJob += 1
        let stored = StoredJob(id: StoredJobID(rawValue: lastJob), job, addedAt: now)
        waiting[stored.id] = stored
        waitingByKey[key] = stored.id
        waitingIndex.insert(stored.id)
        available.insert(stored)
        overdue.insert(DatedJob(date: stored.deadline, id: stored.id))
        return .added(stored.id)
    }

    package mutating func cancel(_ job: JobReference, tenant: String?, at now: Date) -> StoredOutcome? {
        let key = JobKey(job, tenant: tenant)
        if let id = waitingByKey[key] {
            let worker = waiting[id]?.worker
            let outcome = end(id, JobEnd(.cancelled), at: now)
            if let worker { hints[worker, default: []].insert(id) }
            return outcome
        }
        return outcomesByKey[key].flatMap { outcomes[$0] }
    }

    package mutating func wake(_ job: JobReference, tenant: String?, at now: Date) {
        guard let id = waitingByKey[JobKey(job, tenant: tenant)], let stored = waiting[id] else { return }
        guard stored.parkedReason == nil else { return }
        if let worker = stored.worker {
            hints[worker, default: []].insert(id)
        } else if stored.notBefore > now {
            waiting[id]?.notBefore = now
            makeAvailable(id)
        }
    }

    package mutating func retry(_ jobs: [StoredJobID], at now: Date) -> Set<StoredJobID> {
        var retried: Set<StoredJobID> = []
        for id in jobs where waiting[id]?.parkedReason != nil {
            retried.insert(id)
            waiting[id]?.parkedReason = nil
            noteUnparked()
            waiting[id]?.deaths = 0
            waiting[id]?.notBefore = now
            makeAvailable(id)
        }
        return retried
    }

    /// Lets workers lease a job that isn't leased, unless it is parked.
    mutating func makeAvailable(_ id: StoredJobID) {
        guard let stored = waiting[id], stored.worker == nil, stored.parkedReason == nil else { return }
        available.insert(stored)
    }

    /// Ends the lease of a job, so that no worker has it.
    mutating func endLease(of id: StoredJobID) {
        guard let worker = waiting[id]?.worker else { return }
        waiting[id]?.worker = nil
        leases[worker]?.noteRemoved { [waiting] in waiting[$0]?.worker == worker }
        if leases[worker]?.count == 0 { leases[worker] = nil }
        hints[worker]?.remove(id)
        if hints[worker]?.isEmpty == true { hints[worker] = nil }
    }

    /// Parks a job that no worker has leased.
    mutating func park(_ id: StoredJobID, because reason: String) {
        waiting[id]?.parkedReason = reason
        parkedIndex.insert(id)
    }

    private mutating func noteUnparked() {
        parkedIndex.noteRemoved { [waiting] in waiting[$0]?.parkedReason != nil }
    }

    /// Removes a waiting job, and stores its outcome for delivery.
    @discardableResult
    mutating func end(_ id: StoredJobID, _ end: JobEnd, at now: Date, by worker: WorkerID? = nil) -> StoredOutcome? {
        endLease(of: id)
        guard let stored = waiting.removeValue(forKey: id) else { return nil }
        waitingIndex.noteRemoved { [waiting] in waiting[$0] != nil }
        if stored.parkedReason != nil { noteUnparked() }
        let key = JobKey(stored.job)
        waitingByKey[key] = nil
        let outcome = StoredOutcome(id: id, stored.job, end, at: now, by: worker)
        outcomes[id] = outcome
        outcomesByKey[key] = id
        undelivered[id] = now
        deliveries.insert(DatedJob(date: now, id: id))
        return outcome
    }
}
