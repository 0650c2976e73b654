import FetchCore
import FetchJobs

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The columns of jobs and of outcomes as statements return them, and their values.
///
/// Dates are returned as microseconds since 1970, which no setting of a session changes.
enum StoreColumns {
    /// The columns of the job `j`.
    static let job: SQL = """
        j.id, j.tenant, j.account, j.endpoint, j.reference, j.submitted_at, j.eta, j.time_limit, \
        j.limit_from_submission, j.note, \(microseconds("j.added_at")), \(microseconds("j.deadline")), \
        \(microseconds("j.not_before")), \(microseconds("j.last_request")), j.deaths, j.parked, j.lease
        """

    /// The columns of the outcome `o`.
    static let outcome: SQL = """
        o.job, o.tenant, o.account, o.endpoint, o.reference, o.submitted_at, o.eta, o.time_limit, \
        o.limit_from_submission, o.note, \(microseconds("o.ended_at")), o.body, o.worker
        """

    static func microseconds(_ date: SQL) -> SQL { "(extract(epoch FROM \(date)) * 1000000)::bigint" }

    /// Returns the text that stands for an identifier of a tenant or account. The column isn't `NULL` for none, since
    /// an index doesn't take two of those for equal.
    static func text(_ identifier: String?) -> String {
        guard let identifier else { return "" }
        return identifier.isEmpty ? "\u{1}" : identifier
    }

    /// Returns the identifier that a column contains.
    static func identifier(_ text: String?) -> String? {
        guard let text, !text.isEmpty else { return nil }
        return text == "\u{1}" ? "" : text
    }

    /// Reads a job from the first ten columns.
    private static func durableJob(_ rows: PostgresRows, _ row: Int) throws -> DurableJob {
        guard let reference = rows.text(row, 4), let limit = rows.text(row, 7).flatMap(Duration.init(decimalSeconds:)),
            let job = try? JobReference(reference)
        else { throw unreadable(rows, row) }
        let eta = rows.text(row, 6).flatMap(Duration.init(decimalSeconds:))
        return DurableJob(
            job,
            submitted: rows.real(row, 5).map { Submission(at: Date(timeIntervalSince1970: $0), eta: eta) },
            tenant: identifier(rows.text(row, 1)),
            account: identifier(rows.text(row, 2)).map { AccountID($0) },
            deadline: rows.flag(row, 8) ? .afterSubmission(limit) : .afterAdding(limit),
            note: try rows.text(row, 9).map { try StoredText.decode($0) }
        )
    }

    /// Reads the job of a row with the columns ``job``.
    static func storedJob(_ rows: PostgresRows, _ row: Int) throws -> StoredJob {
        guard let id = rows.number(row, 0), let added = rows.date(row, 10), let deadline = rows.date(row, 11),
            let notBefore = rows.date(row, 12)
        else { throw unreadable(rows, row) }
        var job = StoredJob(id: StoredJobID(rawValue: id), try durableJob(rows, row), addedAt: added)
        job.deadline = deadline
        job.notBefore = notBefore
        job.lastRequest = rows.date(row, 13)
        job.deaths = rows.number(row, 14).map { Int($0) } ?? 0
        job.parkedReason = rows.text(row, 15)
        job.worker = rows.number(row, 16).map { WorkerID(rawValue: $0) }
        return job
    }

    /// Reads the outcome of a row with the columns ``outcome``.
    static func storedOutcome(_ rows: PostgresRows, _ row: Int) throws -> StoredOutcome {
        guard let id = rows.number(row, 0), let date = rows.date(row, 10), let body = rows.text(row, 11) else {
            throw unreadable(rows, row)
        }
        return StoredOutcome(
            id: StoredJobID(rawValue: id),
            try durableJob(rows, row),
            try StoredText.decode(body),
            at: date,
            by: rows.number(row, 12).map { WorkerID(rawValue: $0) }
        )
    }

    /// Reads the outcomes of rows with the columns ``outcome``, apart from those that this version can't read.
    static func readableOutcomes(_ rows: PostgresRows) -> ReadableRows<StoredOutcome> {
        ReadableRows(rows.indices, id: { rows.jobID($0) }) { row in try storedOutcome(rows, row) }
    }

    private static func unreadable(_ rows: PostgresRows, _ row: Int) -> JobStoreError { unreadable(rows.jobID(row)) }

    static func unreadable(_ job: StoredJobID) -> JobStoreError {
        JobStoreError(
            .unusable,
            "the row of the job \(job) can't be read",
            remedy: "Update this program if a later version wrote to the store."
        )
    }
}

extension PostgresRows {
    /// The number of the job in the first column.
    func jobID(_ row: Int) -> StoredJobID { StoredJobID(rawValue: number(row, 0) ?? 0) }
}
