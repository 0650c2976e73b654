import FetchCore
import FetchJobs

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A row of the table of outcomes.
struct OutcomeRow {
    /// The names of the columns, in the order in which they are read.
    static let names = "id, ended_at, body, worker, \(JobColumns.names)"

    let id: StoredJobID
    private let ended: StoredDate
    private let body: String
    private let worker: WorkerID?
    private let columns: JobColumns

    init(_ row: SQLiteStatement) {
        id = StoredJobID(rawValue: row.integer(0))
        ended = StoredDate(microseconds: row.integer(1))
        body = row.text(2)
        worker = row.optionalInteger(3).map { WorkerID(rawValue: $0) }
        columns = JobColumns(row, at: 4)
    }

    /// The outcome.
    ///
    /// - Throws: `JobStoreError` if the row isn't one of this store.
    func outcome() throws -> StoredOutcome {
        StoredOutcome(
            id: id,
            try columns.job(),
            try StoredText.decode(body, as: JobEnd.self),
            at: ended.date,
            by: worker
        )
    }
}
