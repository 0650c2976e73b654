import FetchCore
import FetchJobs

extension SQLiteTransaction {
    /// Clears up, and changes at most a number of jobs and outcomes. An acknowledged outcome is removed when its retention
    /// is over. The closure returns the end of an overdue job.
    func clearUp(
        limit: Int,
        retention: Duration,
        _ body: (StoredJobID) throws -> EncodedEnd
    ) throws -> ClearUpResult {
        var result = ClearUpResult()
        var rest = max(limit, 1)
        try adjustToClock()
        try declareDead(&result)
        let ended =
            "SELECT id, state, may_renew, renewed_at - registered_at FROM fetchkit_worker WHERE state >= 2 ORDER BY id"
        let shortLife = (StoredDate(microseconds: 0) + StoredJob.shortLife).microseconds
        let workers = try rows(ended) { row in
            let counts = row.integer(1) == 2 && row.integer(2) == 1 && row.integer(3) < shortLife
            return (WorkerID(rawValue: row.integer(0)), counts)
        }
        for (worker, countsDeaths) in workers where rest > 0 {
            try endLeases(of: worker, countsDeaths: countsDeaths, &rest, &result)
        }
        try endOverdueJobs(&rest, &result, body)
        try removeOldOutcomes(&rest, retention)
        result.isIncomplete = rest == 0
        return result
    }

    private func declareDead(_ result: inout ClearUpResult) throws {
        let query = "SELECT id FROM fetchkit_worker WHERE state < 2 AND expires_at <= ?1 ORDER BY id"
        result.deadWorkers = try rows(query, [now.value]) { WorkerID(rawValue: $0.integer(0)) }
        for worker in result.deadWorkers {
            try execute("UPDATE fetchkit_worker SET state = 2 WHERE id = ?1", [SQLValue(worker)])
            try execute("DELETE FROM fetchkit_hint WHERE worker = ?1", [SQLValue(worker)])
        }
    }

    /// Ends leases of a dead or removed worker, and removes its row when it has none left.
    func endLeases(
        of worker: WorkerID,
        countsDeaths: Bool,
        _ rest: inout Int,
        _ result: inout ClearUpResult
    ) throws {
        let query = """
            SELECT id, deaths FROM fetchkit_job INDEXED BY fetchkit_job_lease
            WHERE worker = ?1 AND worker IS NOT NULL ORDER BY id LIMIT ?2
            """
        let limit = rest
        let jobs = try rows(query, [SQLValue(worker), SQLValue(limit)]) { ($0.integer(0), Int($0.integer(1))) }
        let update = "UPDATE fetchkit_job SET worker = NULL, deaths = ?2, parked = ?3 WHERE id = ?1"
        for (id, deaths) in jobs {
            let sum = countsDeaths ? deaths + 1 : deaths
            let isParked = countsDeaths && sum >= StoredJob.deathsUntilParked
            try execute(update, [.integer(id), SQLValue(sum), SQLValue(isParked ? StoredJob.reasonOfDeaths : nil)])
            if isParked { result.parkedJobs += 1 }
        }
        result.returnedJobs += jobs.count
        rest -= jobs.count
        if jobs.count < limit { try execute("DELETE FROM fetchkit_worker WHERE id = ?1", [SQLValue(worker)]) }
    }

    private func endOverdueJobs(
        _ rest: inout Int,
        _ result: inout ClearUpResult,
        _ body: (StoredJobID) throws -> EncodedEnd
    ) throws {
        guard rest > 0 else { return }
        let jobs = try overdueJobs(rest)
        guard !jobs.isEmpty else { return }
        result.overdueJobs = try end(jobs.map(body), by: nil).count
        rest -= jobs.count
    }

    /// Returns overdue jobs, apart from those that can't be passed to the application's closure. They are left for a
    /// process that can.
    private func overdueJobs(_ limit: Int) throws -> [StoredJobID] {
        let query = """
            SELECT \(JobRow.names) FROM fetchkit_job INDEXED BY fetchkit_job_deadline
            WHERE deadline < ?1 AND worker IS NULL ORDER BY deadline, id LIMIT ?2 OFFSET ?3
            """
        let latest = now - StoredJob.graceAfterDeadline
        var jobs: [StoredJobID] = []
        var offset = 0
        while true {
            let page = try rows(query, [latest.value, SQLValue(limit), SQLValue(offset)], JobRow.init)
            jobs += page.filter { !hasRecorder || (try? $0.stored()) != nil }.map(\.id)
            guard page.count == limit, jobs.count < limit else { return Array(jobs.prefix(limit)) }
            offset += limit
        }
    }

    private func removeOldOutcomes(_ rest: inout Int, _ retention: Duration) throws {
        guard rest > 0 else { return }
        let query = """
            SELECT acknowledged_at, outcome FROM fetchkit_acknowledgement
            WHERE acknowledged_at < ?1 ORDER BY acknowledged_at LIMIT ?2
            """
        let old = try rows(query, [(now - retention).value, SQLValue(rest)]) { ($0.integer(0), $0.integer(1)) }
        let delete = "DELETE FROM fetchkit_acknowledgement WHERE acknowledged_at = ?1 AND outcome = ?2"
        for (date, outcome) in old {
            try execute(delete, [.integer(date), .integer(outcome)])
            try execute("DELETE FROM fetchkit_outcome WHERE id = ?1", [.integer(outcome)])
        }
        rest -= old.count
    }

    /// If the clock was set back, moves dates that lie in the future back by the same time, so that jobs and outcomes
    /// don't wait for the clock to get there again. The workers of before begin anew.
    private func adjustToClock() throws {
        let query = """
            SELECT max(latest_at, coalesce((SELECT max(renewed_at) FROM fetchkit_worker WHERE state < 2), 0))
            FROM fetchkit_state
            """
        let latest = try rows(query) { StoredDate(microseconds: $0.integer(0)) }.first ?? now
        guard latest > now + Self.clockTolerance else { return }
        let values = [now.value, .integer(latest.microseconds - now.microseconds)]
        let updates = [
            """
            UPDATE fetchkit_worker SET may_renew = 0, expires_at = ?1 + max(expires_at - renewed_at, 0),
            registered_at = min(registered_at, ?1), renewed_at = ?1 WHERE state < 2 AND renewed_at > ?1 AND ?2 > 0
            """,
            "UPDATE fetchkit_job SET not_before = not_before - ?2 WHERE not_before > ?1",
            "UPDATE fetchkit_delivery SET available_at = available_at - ?2 WHERE available_at > ?1",
            "UPDATE fetchkit_pause SET ends_at = ends_at - ?2 WHERE ends_at > ?1",
            "UPDATE fetchkit_state SET latest_at = ?1 WHERE ?2 > 0",
        ]
        for update in updates { try execute(update, values) }
    }
}
