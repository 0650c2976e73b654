import FetchJobs

/// The due jobs of one tenant, in one or more queues.
struct TenantQueue {
    /// The queues that aren't empty, the one that is due first at the end.
    private var queues: [DueQueue]

    init(_ queues: [DueQueue]) { self.queues = queues.sorted { $1.first < $0.first } }

    /// The date of the job that is due first; `nil` if there is none.
    var first: StoredDate? { queues.last?.first }

    /// Leases the jobs that are due first, fewer than the limit if there are no more.
    mutating func take(
        _ limit: Int,
        by worker: WorkerID,
        _ index: DueIndex,
        _ transaction: SQLiteTransaction
    ) throws -> [JobRow] {
        var taken: [JobRow] = []
        while taken.count < limit, var queue = queues.popLast() {
            // Up to the first job of the next queue.
            let end = min(queues.last?.first ?? transaction.now, transaction.now)
            let jobs = try transaction.dueJobs(of: queue.key, index, until: end, limit: limit - taken.count)
            for job in jobs { try transaction.lease(job.id, by: worker) }
            taken += jobs
            let next = try transaction.firstDate(of: queue.key, index)
            guard let next, next <= transaction.now else { continue }
            queue.first = next
            queues.insert(queue, at: queues.firstIndex { $0.first <= next } ?? queues.count)
        }
        return taken
    }
}

extension SQLiteTransaction {
    fileprivate func dueJobs(of key: DueKey, _ index: DueIndex, until end: StoredDate, limit: Int) throws -> [JobRow] {
        let query = """
            SELECT \(JobRow.names) FROM \(index.source) AND account = ?2 AND tenant = ?3 AND not_before <= ?4
            ORDER BY not_before, id LIMIT ?5
            """
        return try rows(query, key.values + [end.value, SQLValue(limit)], JobRow.init)
    }

    fileprivate func firstDate(of key: DueKey, _ index: DueIndex) throws -> StoredDate? {
        let query = """
            SELECT not_before FROM \(index.source) AND account = ?2 AND tenant = ?3 ORDER BY not_before LIMIT 1
            """
        return try rows(query, key.values) { StoredDate(microseconds: $0.integer(0)) }.first
    }

    fileprivate func lease(_ job: StoredJobID, by worker: WorkerID) throws {
        try execute("UPDATE fetchkit_job SET worker = ?2 WHERE id = ?1", [SQLValue(job), SQLValue(worker)])
    }
}
