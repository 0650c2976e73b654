public import FetchCore
public import FetchJobs

// Jobs.
extension SQLiteJobStore {
    /// Adds jobs, all or none.
    @discardableResult
    public func add(_ jobs: [DurableJob]) async throws -> [AddResult] {
        guard !jobs.isEmpty else { return [] }
        for job in jobs { try job.validate() }
        let encoded = try jobs.map(EncodedJob.init)
        return try await writer.write { try $0.add(encoded) }.map { try $0.result() }
    }

    /// Cancels the wait for a job.
    @discardableResult
    public func cancel(_ job: JobReference, tenant: String? = nil) async throws -> StoredOutcome? {
        let end = try EncodedEnd(StoredJobID(rawValue: 0), JobEnd(.cancelled))
        return try await writer.write { transaction in
            try transaction.cancel(job, tenant: tenant) { EncodedEnd(end, of: $0) }
        }?.outcome()
    }

    /// Hints that a job may be done.
    public func wake(_ job: JobReference, tenant: String? = nil) async throws {
        try await writer.write { try $0.wake(job, tenant: tenant) }
    }

    /// Lets workers lease parked jobs again.
    @discardableResult
    public func retry(_ jobs: [StoredJobID]) async throws -> Set<StoredJobID> {
        try await writer.write { try $0.retry(jobs) }
    }

    /// Returns a page of jobs, in the order of their numbers.
    public func jobs(_ page: JobPage) async throws -> [StoredJob] {
        try await readableJobs(page) { page in
            let rows = try await reader.read { try $0.jobs(page) }
            return (ReadableRows(rows, id: \.id) { try $0.stored() }, rows.last?.id)
        }
    }
}
