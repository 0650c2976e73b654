import FetchCore
import FetchJobs

/// A job to add with the values of its columns, which are made before the transaction begins.
struct EncodedJob: Sendable {
    let job: DurableJob
    let values: [SQLValue]

    init(_ job: DurableJob) throws {
        self.job = job
        values = try JobColumns.values(of: job)
    }
}

/// The result of adding a job, whose outcome is decoded when the transaction is over.
enum AddedRow {
    case added(StoredJobID)
    case alreadyWaiting(StoredJobID)
    case alreadyEnded(OutcomeRow)

    func result() throws -> AddResult {
        switch self {
        case .added(let id): .added(id)
        case .alreadyWaiting(let id): .alreadyWaiting(id)
        case .alreadyEnded(let row): .alreadyEnded(try row.outcome())
        }
    }
}

extension SQLiteTransaction {
    func add(_ jobs: [EncodedJob]) throws -> [AddedRow] {
        let insert = """
            INSERT INTO fetchkit_job (\(JobColumns.names), id, added_at, deadline, not_before)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?13) ON CONFLICT DO NOTHING
            """
        let first = try rows("SELECT last_job FROM fetchkit_state") { $0.integer(0) }.first ?? 0
        var last = first
        let results = try jobs.map { job -> AddedRow in
            if let outcome = try outcome(ofTenant: job.values[0], job.values[3]) { return .alreadyEnded(outcome) }
            let deadline = StoredDate(job.job.deadline(addedAt: now.date))
            let id = StoredJobID(rawValue: last + 1)
            if try execute(insert, job.values + [SQLValue(id), now.value, deadline.value]) > 0 {
                last += 1
                return .added(id)
            }
            let key = "SELECT id FROM fetchkit_job WHERE tenant = ?1 AND reference = ?2"
            let present = try rows(key, [job.values[0], job.values[3]]) { StoredJobID(rawValue: $0.integer(0)) }
            guard let present = present.first else {
                throw JobStoreError(.unusable, "the store contains a job with a number that wasn't given yet")
            }
            return .alreadyWaiting(present)
        }
        guard last > first else { return results }
        try execute("UPDATE fetchkit_state SET last_job = ?1", [.integer(last)])
        try changeCounts(waiting: Int(last - first))
        return results
    }

    func cancel(_ job: JobReference, tenant: String?, _ body: (StoredJobID) throws -> EncodedEnd) throws -> OutcomeRow?
    {
        if let row = try waitingJob(job, tenant: tenant) {
            _ = try end([body(row.id)], by: nil)
            if let worker = row.worker { try hint(row.id, worker) }
        }
        return try outcome(of: job, tenant: tenant)
    }

    func wake(_ job: JobReference, tenant: String?) throws {
        guard let row = try waitingJob(job, tenant: tenant), row.parkedReason == nil else { return }
        if let worker = row.worker {
            try hint(row.id, worker)
        } else {
            let update = "UPDATE fetchkit_job SET not_before = ?2 WHERE id = ?1 AND not_before > ?2"
            try execute(update, [SQLValue(row.id), now.value])
        }
    }

    private func hint(_ job: StoredJobID, _ worker: WorkerID) throws {
        let insert = "INSERT INTO fetchkit_hint (worker, job) VALUES (?1, ?2) ON CONFLICT DO NOTHING"
        try execute(insert, [SQLValue(worker), SQLValue(job)])
    }

    func retry(_ jobs: [StoredJobID]) throws -> Set<StoredJobID> {
        let update = """
            UPDATE fetchkit_job SET parked = NULL, deaths = 0, not_before = ?2 WHERE id = ?1 AND parked IS NOT NULL
            """
        return Set(try jobs.filter { try execute(update, [SQLValue($0), now.value]) > 0 })
    }

    func jobs(_ page: JobPage) throws -> [JobRow] {
        let source =
            page.kind == .parked
            ? "fetchkit_job INDEXED BY fetchkit_job_parked WHERE parked IS NOT NULL AND id > ?1"
            : "fetchkit_job WHERE id > ?1"
        let query = "SELECT \(JobRow.names) FROM \(source) ORDER BY id LIMIT ?2"
        return try rows(query, [.integer(page.after?.rawValue ?? 0), SQLValue(max(page.limit, 0))], JobRow.init)
    }
}
