public import FetchCore
public import FetchJobs

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

// Jobs.
extension PostgresJobStore {
    /// Adds jobs, all or none.
    @discardableResult
    public func add(_ jobs: [DurableJob]) async throws -> [AddResult] {
        for job in jobs { try job.validate() }
        guard !jobs.isEmpty else { return [] }
        let notes = try jobs.map { try $0.note.map { try StoredText.encode($0) } }
        let references = jobs.map(\.job.description)
        let sql: SQL = """
            SELECT a.state, a.id FROM \(schema).add_jobs(
                \(now),
                \(jobs.map { StoreColumns.text($0.tenant) }),
                \(jobs.map { StoreColumns.text($0.account?.rawValue) }),
                \(jobs.map { $0.job.endpoint.rawValue }),
                \(references),
                \(jobs.map { $0.submitted.flatMap(Self.seconds) }, as: "double precision"),
                \(jobs.map { $0.submitted?.eta?.decimalSeconds }, as: "numeric"),
                \(jobs.map { $0.deadline.limit.decimalSeconds }, as: "numeric"),
                \(jobs.map { $0.deadline.countsFromSubmission ? "t" : "f" }, as: "boolean"),
                \(notes)
            ) a ORDER BY a.place
            """
        let states = try await transaction(sql) { rows in
            rows.first.map { rows in rows.indices.map { (rows.number($0, 0), rows.number($0, 1) ?? 0) } } ?? []
        }
        guard states.count == jobs.count else {
            throw JobStoreError(.unusable, "the database returned \(states.count) results for \(jobs.count) jobs")
        }
        let outcomes = try await outcomes(states.filter { $0.0 == 2 }.map(\.1))
        return try states.map { state, number in
            let id = StoredJobID(rawValue: number)
            switch state {
            case 0: return .added(id)
            case 1: return .alreadyWaiting(id)
            default:
                guard let outcome = outcomes[id] else {
                    throw JobStoreError(.unavailable, "the outcome of a job was removed while it was added again")
                }
                return .alreadyEnded(outcome)
            }
        }
    }

    private static func seconds(_ submission: Submission) -> String? {
        let seconds = submission.date.timeIntervalSince1970
        return seconds.isFinite ? "\(seconds)" : nil
    }

    private func outcomes(_ ids: [Int64]) async throws -> [StoredJobID: StoredOutcome] {
        guard !ids.isEmpty else { return [:] }
        let outcomes = try await transaction(
            "SELECT \(StoreColumns.outcome) FROM \(schema).outcome o WHERE o.job = ANY (\(ids))"
        ) { try $0.first.map(Self.outcomes) ?? [] }
        return Dictionary(outcomes.map { ($0.id, $0) }) { first, _ in first }
    }

    /// Cancels the wait for a job.
    @discardableResult
    public func cancel(_ job: JobReference, tenant: String? = nil) async throws -> StoredOutcome? {
        let body = try StoredText.encode(JobEnd(.cancelled))
        let sql: SQL = """
            WITH gone AS (
                DELETE FROM \(schema).job j WHERE \(key("j", job, tenant)) RETURNING j.*
            ), \(keeping("\(JobEnd.Kind.cancelled.rawValue), \(body)::json", by: nil)), hinted AS (
                INSERT INTO \(schema).hint (worker, job) SELECT g.lease, g.id FROM gone g WHERE g.lease IS NOT NULL
                ON CONFLICT DO NOTHING
            )
            SELECT \(StoreColumns.outcome) FROM kept o;
            \(outcomeQuery(job, tenant))
            """
        do {
            return try await endingTransaction(sql) { rows in
                try rows.lazy.map(Self.outcomes).first { !$0.isEmpty }?.first
            }
        } catch let error as UnreadableOutcomes {
            throw error.jobStoreError
        }
    }

    /// Hints that a job may be done.
    public func wake(_ job: JobReference, tenant: String? = nil) async throws {
        try await transaction(
            """
            UPDATE \(schema).job j SET not_before = \(now)
            WHERE \(key("j", job, tenant)) AND j.lease IS NULL AND j.parked IS NULL AND j.not_before > \(now);
            INSERT INTO \(schema).hint (worker, job)
            SELECT j.lease, j.id FROM \(schema).job j
            WHERE \(key("j", job, tenant)) AND j.lease IS NOT NULL AND j.parked IS NULL ON CONFLICT DO NOTHING
            """
        )
    }

    /// Returns the outcome of a job.
    public func outcome(of job: JobReference, tenant: String? = nil) async throws -> StoredOutcome? {
        try await transaction(outcomeQuery(job, tenant)) { rows in try rows.first.map(Self.outcomes)?.first }
    }

    /// Returns a page of jobs.
    public func jobs(_ page: JobPage) async throws -> [StoredJob] {
        try await readableJobs(page) { page in
            let filter: SQL = page.kind == .parked ? "AND j.parked IS NOT NULL" : ""
            return try await transaction(
                """
                SELECT \(StoreColumns.job) FROM \(schema).job j WHERE j.id > \(page.after?.rawValue ?? 0) \(filter)
                ORDER BY j.id LIMIT \(max(page.limit, 0))
                """
            ) { rows in
                guard let rows = rows.first else { return (ReadableRows(), nil) }
                let jobs = ReadableRows(rows.indices, id: { rows.jobID($0) }) { row in
                    try StoreColumns.storedJob(rows, row)
                }
                return (jobs, rows.indices.last.map { rows.jobID($0) })
            }
        }
    }

    /// Lets workers lease parked jobs again.
    @discardableResult
    public func retry(_ jobs: [StoredJobID]) async throws -> Set<StoredJobID> {
        guard !jobs.isEmpty else { return [] }
        return try await transaction(
            """
            UPDATE \(schema).job j SET parked = NULL, deaths = 0, not_before = \(now)
            WHERE j.id = ANY (\(jobs.map(\.rawValue))) AND j.parked IS NOT NULL RETURNING j.id
            """,
            Self.ids
        )
    }

    private func outcomeQuery(_ job: JobReference, _ tenant: String?) -> SQL {
        """
        SELECT \(StoreColumns.outcome) FROM \(schema).outcome o WHERE \(key("o", job, tenant))
        ORDER BY o.ended_at DESC LIMIT 1
        """
    }

    private func key(_ table: SQL, _ job: JobReference, _ tenant: String?) -> SQL {
        "\(table).tenant = \(StoreColumns.text(tenant)) AND \(table).reference = \(job.description)"
    }
}
