import FetchCore
import FetchJobs

extension SQLiteTransaction {
    /// Leases jobs. The search for tenants begins after a key. The result has the one for the next search.
    func lease(
        _ request: LeaseRequest,
        by worker: WorkerID,
        after last: DueKey?
    ) throws -> (jobs: [JobRow], last: DueKey?) {
        let condition = "id = ?1 AND state = 0 AND may_renew = 1 AND expires_at > ?2"
        let query = "SELECT count(*) FROM fetchkit_worker WHERE \(condition)"
        let count = try rows(query, [SQLValue(worker), now.value]) { $0.integer(0) }
        guard request.limit > 0, count == [1] else { return ([], last) }
        let excluded = request.excludedAccounts.union(try pausedAccounts(of: request.provider))
        func take(_ index: DueIndex, _ limit: Int, after last: DueKey? = nil) throws -> ([JobRow], DueKey?) {
            guard limit > 0 else { return ([], last) }
            let endpoints = Array(request.endpoints)
            let scan = DueScan(
                transaction: self,
                index: index,
                endpoints: endpoints,
                excluded: excluded,
                limit: limit
            )
            let (queues, next) = try scan.queues(after: last)
            return (try self.take(limit, of: queues, by: worker, index), next)
        }
        // Those with deaths have at most half, so that they don't keep the others from being leased, nor they them.
        let limitAfterDeaths = min(LeaseRequest.maximumAfterDeaths, max(request.limit / 2, 1))
        var (jobs, _) = try take(.afterDeaths, limitAfterDeaths)
        let restAfterDeaths = jobs.count < limitAfterDeaths ? 0 : LeaseRequest.maximumAfterDeaths - jobs.count
        let (fresh, next) = try take(.fresh, request.limit - jobs.count, after: last)
        jobs += fresh
        jobs += try take(.afterDeaths, min(restAfterDeaths, request.limit - jobs.count)).0
        return (jobs.sorted { ($0.notBefore, $0.id) < ($1.notBefore, $1.id) }, next)
    }

    /// Leases jobs of each tenant in equal parts, as far as there are any.
    private func take(
        _ limit: Int,
        of queues: [DueQueue],
        by worker: WorkerID,
        _ index: DueIndex
    ) throws -> [JobRow] {
        let byTenant = Dictionary(grouping: queues) { $0.key.tenant.map(JobID.init) }
        var tenants = byTenant.values.map(TenantQueue.init)
        tenants.sort { one, other in
            guard let first = one.first, let second = other.first else { return one.first != nil }
            return first < second
        }
        var taken: [JobRow] = []
        while taken.count < limit, !tenants.isEmpty {
            let share = max((limit - taken.count) / tenants.count, 1)
            var rest: [TenantQueue] = []
            for var tenant in tenants where taken.count < limit {
                let jobs = try tenant.take(min(share, limit - taken.count), by: worker, index, self)
                taken += jobs
                if jobs.count == share { rest.append(tenant) }
            }
            tenants = rest
        }
        return taken
    }

    private func pausedAccounts(of provider: ProviderID) throws -> [AccountID?] {
        let query = "SELECT account FROM fetchkit_pause WHERE provider = ?1 AND (ends_at IS NULL OR ends_at > ?2)"
        return try rows(query, [.text(provider.rawValue), now.value]) { row in
            row.optionalText(0).map { AccountID($0) }
        }
    }

    func leases(of worker: WorkerID, after: StoredJobID?, limit: Int) throws -> [JobRow] {
        let query = """
            SELECT \(JobRow.names) FROM fetchkit_job INDEXED BY fetchkit_job_lease
            WHERE worker = ?1 AND worker IS NOT NULL AND id > ?2 ORDER BY id LIMIT ?3
            """
        let values = [SQLValue(worker), .integer(after?.rawValue ?? 0), SQLValue(max(limit, 0))]
        return try rows(query, values, JobRow.init)
    }

    func record(_ ends: [EncodedEnd], by worker: WorkerID) throws -> Set<StoredJobID> {
        let ended = Set(try end(ends, by: worker))
        let query = "SELECT id FROM fetchkit_outcome WHERE id = ?1 AND worker = ?2"
        let earlier = try ends.filter { !ended.contains($0.id) }.flatMap { end in
            try rows(query, [SQLValue(end.id), SQLValue(worker)]) { StoredJobID(rawValue: $0.integer(0)) }
        }
        return ended.union(earlier)
    }

    func giveBack(_ jobs: [ReturnedJob], by worker: WorkerID) throws {
        let update = """
            UPDATE fetchkit_job SET worker = NULL, not_before = ?3, last_request = coalesce(?4, last_request), parked = ?5
            WHERE id = ?1 AND worker = ?2
            """
        for job in jobs {
            let lastRequest = job.sinceLastRequest.map { (now - max($0, .zero)).value } ?? .null
            let values = [SQLValue(job.id), SQLValue(worker), (now + max(job.delay, .zero)).value, lastRequest]
            try execute(update, values + [SQLValue(job.parkedReason)])
        }
        try changeCounts()
    }
}
