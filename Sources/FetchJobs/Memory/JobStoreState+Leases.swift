import FetchCore

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

extension JobStoreState {
    package mutating func lease(_ request: LeaseRequest, by worker: WorkerID, at now: Date) -> [LeasedJob] {
        guard let entry = workers[worker], !entry.isLeaving, entry.expires > now else { return [] }
        let paused = Set(pauses.values.filter { $0.isActive(at: now) }.map(\.account))
        let jobs = available.takeDue(
            at: now,
            limit: request.limit,
            maximumAfterDeaths: LeaseRequest.maximumAfterDeaths,
            allows: { endpoint, account in
                request.endpoints.contains(endpoint) && !request.excludedAccounts.contains(account)
                    && !paused.contains(ProviderAccount(request.provider, account))
            },
            job: { [waiting] entry in
                guard let stored = waiting[entry.id], stored.worker == nil, stored.parkedReason == nil else {
                    return nil
                }
                return stored.notBefore == entry.date ? stored : nil
            }
        )
        return jobs.map { stored in
            waiting[stored.id]?.worker = worker
            leases[worker, default: JobIndex()].insert(stored.id)
            return LeasedJob(waiting[stored.id] ?? stored, at: now)
        }
    }

    package mutating func leases(
        of worker: WorkerID,
        after: StoredJobID?,
        limit: Int,
        at now: Date
    ) -> [LeasedJob] {
        leasedIDs(of: worker, after: after, limit: limit).compactMap { waiting[$0].map { LeasedJob($0, at: now) } }
    }

    /// Returns the numbers of the jobs that a worker has leased, in their order.
    mutating func leasedIDs(of worker: WorkerID, after: StoredJobID? = nil, limit: Int = .max) -> [StoredJobID] {
        leases[worker]?.page(after: after, limit: limit) { [waiting] in waiting[$0]?.worker == worker } ?? []
    }

    package mutating func record(_ ends: [EndedJob], by worker: WorkerID, at now: Date) -> Set<StoredJobID> {
        var recorded: Set<StoredJobID> = []
        for ended in ends {
            if waiting[ended.id]?.worker == worker { end(ended.id, ended.end, at: now, by: worker) }
            if outcomes[ended.id]?.worker == worker { recorded.insert(ended.id) }
        }
        return recorded
    }

    package mutating func giveBack(_ jobs: [ReturnedJob], by worker: WorkerID, at now: Date) {
        for job in jobs where waiting[job.id]?.worker == worker {
            endLease(of: job.id)
            waiting[job.id]?.notBefore = now.addingTimeInterval(max(job.delay, .zero).seconds)
            if let time = job.sinceLastRequest {
                waiting[job.id]?.lastRequest = now.addingTimeInterval(-max(time, .zero).seconds)
            }
            if let reason = job.parkedReason { park(job.id, because: reason) }
            makeAvailable(job.id)
        }
    }

    package mutating func takeHints(of worker: WorkerID) -> [StoredJobID] {
        (hints.removeValue(forKey: worker) ?? []).sorted()
    }
}
