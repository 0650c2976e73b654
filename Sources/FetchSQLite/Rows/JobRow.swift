import FetchCore
import FetchJobs

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A row of the table of jobs. It is converted to a job when the transaction is over.
struct JobRow {
    /// The names of the columns, in the order in which they are read.
    static let names = "id, added_at, deadline, not_before, last_request, deaths, parked, worker, \(JobColumns.names)"

    let id: StoredJobID
    let notBefore: StoredDate
    private let added, deadline: StoredDate
    private let lastRequest: StoredDate?
    private let deaths: Int
    let parkedReason: String?
    let worker: WorkerID?
    private let columns: JobColumns

    init(_ row: SQLiteStatement) {
        id = StoredJobID(rawValue: row.integer(0))
        added = StoredDate(microseconds: row.integer(1))
        deadline = StoredDate(microseconds: row.integer(2))
        notBefore = StoredDate(microseconds: row.integer(3))
        lastRequest = row.optionalInteger(4).map { StoredDate(microseconds: $0) }
        deaths = Int(row.integer(5))
        parkedReason = row.optionalText(6)
        worker = row.optionalInteger(7).map { WorkerID(rawValue: $0) }
        columns = JobColumns(row, at: 8)
    }

    /// The job.
    ///
    /// - Throws: `JobStoreError` if the row isn't one of this store.
    func stored() throws -> StoredJob {
        var stored = StoredJob(id: id, try columns.job(), addedAt: added.date)
        stored.deadline = deadline.date
        stored.notBefore = notBefore.date
        stored.lastRequest = lastRequest?.date
        stored.deaths = deaths
        stored.parkedReason = parkedReason
        stored.worker = worker
        return stored
    }

    /// The job that a worker has leased.
    func leased(by worker: WorkerID, at date: StoredDate) throws -> LeasedJob {
        var stored = try stored()
        stored.worker = worker
        return LeasedJob(stored, at: date.date)
    }
}
