import FetchCore
public import FetchJobs
import Synchronization

// Leases.
extension SQLiteJobStore {
    /// Leases jobs to a worker, of each tenant in equal parts.
    public func lease(_ request: LeaseRequest, by worker: WorkerID) async throws -> [LeasedJob] {
        guard request.limit > 0, !request.endpoints.isEmpty else { return [] }
        let last = lastLeased.withLock { $0 }
        let leased = try await writer.write { transaction in
            let (jobs, next) = try transaction.lease(request, by: worker, after: last)
            return (jobs, next, transaction.now)
        }
        lastLeased.withLock { $0 = leased.1 }
        let jobs = ReadableRows(leased.0, id: \.id) { try $0.leased(by: worker, at: leased.2) }
        try await parkUnreadable(jobs.unreadable, by: worker)
        return jobs.values
    }

    /// Returns the jobs that a worker has leased.
    public func leases(of worker: WorkerID, after: StoredJobID?, limit: Int) async throws -> [LeasedJob] {
        try await readableLeases(of: worker) {
            let (rows, now) = try await reader.read { transaction in
                (try transaction.leases(of: worker, after: after, limit: limit), transaction.now)
            }
            return ReadableRows(rows, id: \.id) { try $0.leased(by: worker, at: now) }
        }
    }

    /// Records the ends of jobs.
    public func record(_ ends: [EndedJob], by worker: WorkerID) async throws -> Set<StoredJobID> {
        guard !ends.isEmpty else { return [] }
        let encoded = try ends.map { try EncodedEnd($0.id, $0.end) }
        return try await writer.write { try $0.record(encoded, by: worker) }
    }

    /// Ends the worker's leases of jobs without an end.
    public func giveBack(_ jobs: [ReturnedJob], by worker: WorkerID) async throws {
        guard !jobs.isEmpty else { return }
        try await writer.write { try $0.giveBack(jobs, by: worker) }
    }
}
