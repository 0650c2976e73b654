public import FetchJobs
import FetchCore
import Synchronization

// Clearing up.
extension PostgresJobStore {
    /// Declares workers dead, ends their leases and overdue jobs, makes the tables for the outcomes of the next days,
    /// and removes those of days that are over for longer than the retention.
    @discardableResult
    public func clearUp(limit: Int) async throws -> ClearUpResult {
        let limit = max(limit, 1)
        var result = try await endLeasesOfTheDead(limit)
        let rest = limit - result.returnedJobs
        if rest > 0 { result.overdueJobs = try await endOverdueJobs(rest) }
        result.isIncomplete = result.returnedJobs + result.overdueJobs >= limit
        if upkeep.withLock({ $0.takesCareOfDays(at: .now) }) { try await takeCareOfDays() }
        return result
    }

    private func endLeasesOfTheDead(_ limit: Int) async throws -> ClearUpResult {
        // A worker whose last lease isn't committed yet is left alone for a while. If that takes longer, the worker is
        // dead all the same, and a later round finds the lease.
        let sql: SQL = """
            WITH late AS (
                SELECT w.id FROM \(schema).worker w WHERE w.state < 2 AND w.expires_at <= \(now) FOR UPDATE SKIP LOCKED
            ), later AS (
                SELECT w.id FROM \(schema).worker w WHERE w.state < 2 AND w.expires_at <= \(now) - interval '3 seconds'
                FOR NO KEY UPDATE SKIP LOCKED
            )
            UPDATE \(schema).worker w SET state = 2
            WHERE w.id IN (SELECT l.id FROM late l UNION SELECT l.id FROM later l) RETURNING w.id;
            WITH RECURSIVE holder AS (
                (SELECT j.lease FROM \(schema).job j WHERE j.lease IS NOT NULL ORDER BY j.lease LIMIT 1)
                UNION ALL
                SELECT (
                    SELECT j.lease FROM \(schema).job j WHERE j.lease > h.lease ORDER BY j.lease LIMIT 1
                ) FROM holder h WHERE h.lease IS NOT NULL
            ), dead AS MATERIALIZED (
                SELECT h.lease, coalesce(w.renewed_at - w.started_at < \(StoredJob.shortLife), false) AS counts
                FROM holder h LEFT JOIN \(schema).worker w ON w.id = h.lease
                WHERE h.lease IS NOT NULL AND (w.id IS NULL OR w.state = 2)
            ), held AS MATERIALIZED (
                SELECT j.id, d.counts FROM dead d, LATERAL (
                    SELECT i.id FROM \(schema).job i WHERE i.lease = d.lease ORDER BY i.id LIMIT \(limit)
                    FOR UPDATE SKIP LOCKED
                ) j LIMIT \(limit)
            )
            UPDATE \(schema).job j SET lease = NULL, not_before = greatest(j.not_before, \(now)),
                deaths = least(j.deaths + h.counts::integer, 1000),
                parked = CASE WHEN h.counts AND j.deaths + 1 >= \(StoredJob.deathsUntilParked)
                    THEN \(StoredJob.reasonOfDeaths) ELSE j.parked END
            FROM held h WHERE j.id = h.id
            RETURNING h.counts AND j.deaths >= \(StoredJob.deathsUntilParked);
            DELETE FROM \(schema).hint h
            WHERE NOT EXISTS (SELECT FROM \(schema).worker w WHERE w.id = h.worker AND w.state < 2);
            DELETE FROM \(schema).worker w WHERE w.state = 2 AND w.expires_at < \(now) - interval '1 hour'
                AND NOT EXISTS (SELECT FROM \(schema).job j WHERE j.lease = w.id);
            DELETE FROM \(schema).pause p WHERE p.ends_at < \(now) - interval '1 hour'
            """
        return try await transaction(sql) { rows in
            guard rows.count >= 2 else { throw JobStoreError(.unusable, "the database returned no dead workers") }
            return ClearUpResult(
                deadWorkers: rows[0].indices.compactMap { rows[0].number($0, 0) }.sorted()
                    .map { WorkerID(rawValue: $0) },
                returnedJobs: rows[1].count,
                parkedJobs: rows[1].indices.count { rows[1].flag($0, 0) }
            )
        }
    }

    /// Ends overdue jobs. Those that can't be passed to the application's closure are left for a process that can.
    private func endOverdueJobs(_ limit: Int) async throws -> Int {
        var others: [StoredJobID] = []
        while true {
            do {
                return try await endOverdueJobs(limit, except: others)
            } catch let error as UnreadableOutcomes {
                others += error.jobs
            }
        }
    }

    private func endOverdueJobs(_ limit: Int, except others: [StoredJobID]) async throws -> Int {
        let body = try StoredText.encode(JobEnd(.deadline))
        let columns: SQL = recorder == nil ? "o.job" : StoreColumns.outcome
        let condition: SQL = others.isEmpty ? "" : "AND j.id <> ALL (\(others.map(\.rawValue)))"
        return try await endingTransaction(
            """
            WITH due AS MATERIALIZED (
                SELECT j.id FROM \(schema).job j
                WHERE j.lease IS NULL AND j.deadline < \(now) - \(StoredJob.graceAfterDeadline) \(condition)
                ORDER BY j.deadline LIMIT \(limit) FOR UPDATE SKIP LOCKED
            ), gone AS (
                DELETE FROM \(schema).job j USING due d WHERE j.id = d.id RETURNING j.*
            ), \(keeping("\(JobEnd.Kind.deadline.rawValue), \(body)::json", by: nil))
            SELECT \(columns) FROM kept o
            """
        ) { rows in rows.first?.count ?? 0 }
    }

    /// Makes the partitions of the next days, and drops those of days that are over.
    ///
    /// Dropping waits for all transactions that use the outcomes, and others wait for it meanwhile. So it gives up soon,
    /// and is tried again with a later round.
    private func takeCareOfDays() async throws {
        let retention = max(configuration.retention, .seconds(86_400))
        let statements: [SQL] = [
            "SELECT \(schema).prepare_days(\(now), 2)",
            "SET LOCAL lock_timeout = 200; SELECT \(schema).drop_days(\(now) - \(retention))",
        ]
        for statement in statements {
            do {
                try await transaction(statement)
            } catch is JobStoreError {
                // No error of upkeep ends a worker. Recording makes a day that is missing, and throws if it can't.
            }
        }
    }
}
