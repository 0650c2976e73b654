import FetchCore
import FetchDataStructures

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

extension JobStoreState {
    package mutating func register(timeToLive: Duration, at now: Date) -> WorkerID {
        let id = newWorkerID()
        workers[id] = Worker(
            report: FleetWorker(id: id),
            registered: now,
            renewed: now,
            expires: now.addingTimeInterval(timeToLive.seconds)
        )
        return id
    }

    package mutating func renew(_ report: FleetWorker, timeToLive: Duration, at now: Date) -> Fleet? {
        guard let worker = workers[report.id], worker.expires > now else { return nil }
        workers[report.id]?.report = report
        workers[report.id]?.renewed = now
        workers[report.id]?.expires = now.addingTimeInterval(timeToLive.seconds)
        return fleet(at: now)
    }

    package mutating func leave(_ worker: WorkerID) { workers[worker]?.isLeaving = true }

    package mutating func deregister(_ worker: WorkerID) {
        guard workers.removeValue(forKey: worker) != nil else { return }
        for id in leasedIDs(of: worker) {
            endLease(of: id)
            makeAvailable(id)
        }
        hints[worker] = nil
    }

    package mutating func clearUp(limit: Int, at now: Date) -> ClearUpResult {
        var result = ClearUpResult()
        for (id, worker) in workers.sorted(by: { $0.key < $1.key }) where worker.expires <= now {
            workers[id] = nil
            hints[id] = nil
            if leases[id] != nil {
                let life = worker.renewed.timeIntervalSince(worker.registered)
                deadWorkers[id] = life < StoredJob.shortLife.seconds
            }
            result.deadWorkers.append(id)
        }
        var rest = max(limit, 1)
        for (worker, counts) in deadWorkers.sorted(by: { $0.key < $1.key }) {
            for id in leasedIDs(of: worker, limit: rest) {
                rest -= 1
                endLease(of: id, ofDeadWorker: counts, &result)
            }
            if leases[worker] == nil { deadWorkers[worker] = nil }
        }
        endOverdueJobs(&rest, at: now, &result)
        removeOldOutcomes(&rest, at: now)
        result.isIncomplete = rest == 0
        return result
    }

    private mutating func endLease(of id: StoredJobID, ofDeadWorker counts: Bool, _ result: inout ClearUpResult) {
        endLease(of: id)
        result.returnedJobs += 1
        if counts {
            waiting[id]?.deaths += 1
            if let deaths = waiting[id]?.deaths, deaths >= StoredJob.deathsUntilParked {
                park(id, because: StoredJob.reasonOfDeaths)
                result.parkedJobs += 1
            }
        }
        makeAvailable(id)
    }

    private mutating func endOverdueJobs(_ rest: inout Int, at now: Date, _ result: inout ClearUpResult) {
        let latest = now.addingTimeInterval(-StoredJob.graceAfterDeadline.seconds)
        while rest > 0, let entry = overdue.popFirst(where: { $0.date < latest }) {
            guard let stored = waiting[entry.id] else { continue }
            rest -= 1
            if stored.worker != nil {
                // Its worker ends it. If that dies, the job is looked at again.
                overdue.insert(DatedJob(date: now, id: entry.id))
            } else {
                end(entry.id, JobEnd(.deadline), at: now)
                result.overdueJobs += 1
            }
        }
    }

    private mutating func removeOldOutcomes(_ rest: inout Int, at now: Date) {
        let latest = now.addingTimeInterval(-retention.seconds)
        while rest > 0, let entry = acknowledged.popFirst(where: { $0.date < latest }) {
            rest -= 1
            guard let outcome = outcomes.removeValue(forKey: entry.id) else { continue }
            let key = JobKey(outcome.job)
            if outcomesByKey[key] == entry.id { outcomesByKey[key] = nil }
        }
    }
}

// The fleet.
extension JobStoreState {
    func fleet(at now: Date) -> Fleet {
        Fleet(
            at: now,
            workers: workers.values.map(\.report),
            pauses: pauses.values.filter { $0.isActive(at: now) }.sorted { "\($0.account)" < "\($1.account)" }
        )
    }

    package mutating func pause(
        _ account: ProviderAccount,
        for duration: Duration?,
        because reason: String,
        at now: Date
    ) {
        let pause = AccountPause(
            account,
            until: duration.map { now.addingTimeInterval(max($0.seconds, 0)) },
            because: reason
        )
        if let present = pauses[account], present.isActive(at: now), present.endsAfter(pause) { return }
        pauses[account] = pause
    }

    package mutating func resume(_ account: ProviderAccount) -> Bool { pauses.removeValue(forKey: account) != nil }
}

extension AccountPause {
    /// Returns true if this pause ends after another one, or never.
    fileprivate func endsAfter(_ other: Self) -> Bool {
        guard let end else { return true }
        return other.end.map { end >= $0 } ?? false
    }
}
