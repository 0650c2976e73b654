import FetchCore
import FetchDataStructures

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The jobs that workers may lease, in queues by endpoint, account and tenant.
///
/// An entry may be out of date, since the queues have no removal. The caller says which entries count.
struct AvailableJobs: Sendable {
    private struct Key: Sendable, Hashable {
        let endpoint: EndpointName
        let account: AccountID?
        let tenant: JobID?

        init(_ job: DurableJob) {
            endpoint = job.job.endpoint
            account = job.account
            tenant = job.tenant.map(JobID.init)
        }
    }

    private var queues: [Key: Heap<DatedJob>] = [:]

    mutating func insert(_ stored: StoredJob) {
        queues[Key(stored.job), default: Heap()].insert(DatedJob(date: stored.notBefore, id: stored.id))
    }

    /// Removes due jobs, one of each tenant in turn, of each tenant those that are due first.
    ///
    /// - Parameters:
    ///   - now: The date at which they are due.
    ///   - limit: The greatest number of jobs.
    ///   - maximumAfterDeaths: The greatest number of jobs with deaths. Further ones stay.
    ///   - allows: Returns true for an endpoint and an account whose jobs may be leased.
    ///   - job: Returns the job of an entry, or `nil` if the entry is out of date.
    /// - Returns: The jobs.
    mutating func takeDue(
        at now: Date,
        limit: Int,
        maximumAfterDeaths: Int,
        allows: (EndpointName, AccountID?) -> Bool,
        job: (DatedJob) -> StoredJob?
    ) -> [StoredJob] {
        var tenants = dueKeys(at: now, allows)
        var taken: [StoredJob] = []
        var skipped: [StoredJob] = []
        var deaths = 0
        while taken.count < limit, !tenants.isEmpty {
            var rest: [[Key]] = []
            for keys in tenants {
                guard taken.count < limit else { break }
                let next = takeFirst(of: keys, at: now) { entry in
                    guard let stored = job(entry) else { return nil }
                    guard stored.deaths > 0 else { return stored }
                    guard deaths < maximumAfterDeaths else {
                        skipped.append(stored)
                        return nil
                    }
                    deaths += 1
                    return stored
                }
                guard let next else { continue }
                taken.append(next)
                rest.append(keys)
            }
            tenants = rest
        }
        for stored in skipped { insert(stored) }
        return taken
    }

    /// Returns the keys of the queues with a due job, grouped by tenant, the tenant that is due first before the
    /// others.
    private func dueKeys(at now: Date, _ allows: (EndpointName, AccountID?) -> Bool) -> [[Key]] {
        var byTenant: [JobID?: (first: DatedJob, keys: [Key])] = [:]
        for (key, queue) in queues {
            guard let first = queue.first, first.date <= now, allows(key.endpoint, key.account) else { continue }
            let group = byTenant[key.tenant]
            byTenant[key.tenant] = (min(first, group?.first ?? first), (group?.keys ?? []) + [key])
        }
        return byTenant.values.sorted { $0.first < $1.first }.map(\.keys)
    }

    /// Removes entries of one tenant until one of them counts, and returns its job.
    private mutating func takeFirst(of keys: [Key], at now: Date, _ job: (DatedJob) -> StoredJob?) -> StoredJob? {
        while true {
            let first = keys.compactMap { key in queues[key]?.first.map { (key, $0) } }.min { $0.1 < $1.1 }
            guard let (key, entry) = first, entry.date <= now else { return nil }
            queues[key]?.popFirst()
            if queues[key]?.isEmpty == true { queues[key] = nil }
            if let stored = job(entry) { return stored }
        }
    }
}
