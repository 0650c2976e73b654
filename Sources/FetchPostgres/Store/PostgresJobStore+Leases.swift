public import FetchJobs
import FetchCore
import Synchronization

// Leases.
extension PostgresJobStore {
    /// Leases jobs to a worker.
    public func lease(_ request: LeaseRequest, by worker: WorkerID) async throws -> [LeasedJob] {
        guard request.limit > 0, !request.endpoints.isEmpty else { return [] }
        let endpoints = request.endpoints.map(\.rawValue).sorted()
        let excluded = request.excludedAccounts.map { StoreColumns.text($0?.rawValue) }
        let scan = upkeep.withLock { $0[request.endpoints] }
        let sql: SQL = """
            SELECT \(StoreColumns.microseconds(now)), EXISTS (
                SELECT FROM \(schema).worker w
                WHERE w.id = \(worker.rawValue) AND w.state = 0 AND w.expires_at > \(now)
            ) AND NOT EXISTS (
                SELECT FROM \(schema).pause p
                WHERE p.provider = \(request.provider.rawValue) AND (p.ends_at IS NULL OR p.ends_at > \(now))
            );
            SELECT \(StoreColumns.job), \(StoreColumns.microseconds(now)) FROM \(schema).take_due(
                \(worker.rawValue), \(now), \(scan.window.start(at: now)), \(request.provider.rawValue), \(endpoints),
                \(excluded), \(request.limit), \(LeaseRequest.maximumAfterDeaths), \(scan.positions)::text[]
            ) j;
            SELECT nullif(current_setting('fetchkit.positions', true), ''),
                current_setting('fetchkit.is_complete', true) = 'true'
            """
        let (date, mayLeaseAll, jobs, suspects, next) = try await transaction(sql) { rows in
            guard rows.count == 3 else { throw JobStoreError(.unusable, "the database returned no leases") }
            let mayLeaseAll = rows[0].flag(0, 1) && rows[2].flag(0, 1)
            let suspects = rows[1].indices.count { rows[1].number($0, 14) != 0 }
            let jobs = Self.leasedJobs([rows[1]])
            return (rows[0].number(0, 0) ?? 0, mayLeaseAll, jobs, suspects, rows[2].text(0, 0))
        }
        let foundAll =
            mayLeaseAll && jobs.count < request.limit && suspects < LeaseRequest.maximumAfterDeaths
            && request.excludedAccounts.isEmpty
        upkeep.withLock {
            $0[request.endpoints].window.scanned(at: date, foundAll: foundAll)
            if let next { $0[request.endpoints].positions = next }
        }
        try await parkUnreadable(jobs.unreadable, by: worker)
        return jobs.values
    }

    /// Returns the jobs that a worker has leased.
    public func leases(of worker: WorkerID, after: StoredJobID?, limit: Int) async throws -> [LeasedJob] {
        let sql: SQL = """
            SELECT \(StoreColumns.job), \(StoreColumns.microseconds(now)) FROM \(schema).job j
            WHERE j.lease = \(worker.rawValue) AND j.id > \(after?.rawValue ?? 0) ORDER BY j.id LIMIT \(max(limit, 0))
            """
        return try await readableLeases(of: worker) { try await transaction(sql, Self.leasedJobs) }
    }

    @Sendable private static func leasedJobs(_ rows: [PostgresRows]) -> ReadableRows<LeasedJob> {
        guard let rows = rows.first else { return ReadableRows() }
        return ReadableRows(rows.indices, id: { rows.jobID($0) }) { row in
            let stored = try StoreColumns.storedJob(rows, row)
            return LeasedJob(stored, at: rows.date(row, 17) ?? stored.added)
        }
    }

    /// Records the ends of jobs.
    public func record(_ ends: [EndedJob], by worker: WorkerID) async throws -> Set<StoredJobID> {
        // Of two ends of a job, the first one counts.
        var known: Set<StoredJobID> = []
        let ends = ends.filter { known.insert($0.id).inserted }.sorted { $0.id < $1.id }
        guard !ends.isEmpty else { return [] }
        let bodies = try ends.map { try StoredText.encode($0.end) }
        let columns: SQL = recorder == nil ? "o.job" : StoreColumns.outcome
        let sql: SQL = """
            WITH ended AS MATERIALIZED (
                SELECT * FROM unnest(\(ends.map(\.id.rawValue)), \(ends.map { $0.end.kind.rawValue }), \(bodies))
                    AS t(job, kind, body)
            ), gone AS (
                DELETE FROM \(schema).job j USING ended e WHERE j.id = e.job AND \(isLeased(by: worker))
                RETURNING j.*, e.kind AS end_kind, e.body AS end_body
            ), \(keeping("g.end_kind, g.end_body::json", by: worker))
            SELECT \(columns) FROM kept o
            """
        let recorded: Set<StoredJobID>
        do {
            recorded = try await endingTransaction(sql, Self.ids)
        } catch let error as UnreadableOutcomes {
            // A worker has read the job that it has leased, so another version has.
            throw error.jobStoreError
        }
        guard recorded.count < ends.count else { return recorded }
        // A statement of its own sees what the first one has waited for: an earlier call, whose result was lost.
        let others = ends.map(\.id).filter { !recorded.contains($0) }.map(\.rawValue)
        let earlier = try await transaction(
            """
            SELECT o.job FROM \(schema).outcome o WHERE o.job = ANY (\(others)) AND o.worker = \(worker.rawValue)
            """,
            Self.ids
        )
        return recorded.union(earlier)
    }

    @Sendable static func ids(_ rows: [PostgresRows]) -> Set<StoredJobID> {
        guard let rows = rows.first else { return [] }
        return Set(rows.indices.compactMap { rows.number($0, 0) }.map { StoredJobID(rawValue: $0) })
    }

    /// Ends the worker's leases of jobs without an end.
    public func giveBack(_ jobs: [ReturnedJob], by worker: WorkerID) async throws {
        guard !jobs.isEmpty else { return }
        let jobs = jobs.sorted { $0.id < $1.id }
        let requests = jobs.map { $0.sinceLastRequest.map { max($0, .zero).wholeMicroseconds.description } }
        try await transaction(
            """
            UPDATE \(schema).job j SET lease = NULL, not_before = \(now) + r.delay * interval '1 microsecond',
                last_request = coalesce(\(now) - r.since * interval '1 microsecond', j.last_request), parked = r.reason
            FROM unnest(
                \(jobs.map(\.id.rawValue)), \(jobs.map { max($0.delay, .zero).wholeMicroseconds }),
                \(requests, as: "bigint"), \(jobs.map(\.parkedReason))
            ) AS r(job, delay, since, reason)
            WHERE j.id = r.job AND \(isLeased(by: worker))
            """
        )
    }

    /// The condition for a job that is found by its number. The sum keeps the planner from reading all leases of the
    /// worker for each job, which it does if its statistics are those of an empty table.
    private func isLeased(by worker: WorkerID) -> SQL { "j.lease + 0 = \(worker.rawValue)" }

    /// Removes and returns the hints for the jobs of a worker.
    public func takeHints(of worker: WorkerID) async throws -> [StoredJobID] {
        let hints = try await transaction(
            """
            WITH taken AS (DELETE FROM \(schema).hint h WHERE h.worker = \(worker.rawValue) RETURNING h.job)
            SELECT t.job FROM taken t
            WHERE NOT EXISTS (
                SELECT FROM \(schema).job j WHERE j.id = t.job AND j.lease IS DISTINCT FROM \(worker.rawValue)
            )
            """,
            Self.ids
        )
        return hints.sorted()
    }
}
