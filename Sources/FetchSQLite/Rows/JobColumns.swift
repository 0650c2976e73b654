import FetchCore
import FetchJobs

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The columns of a job as it was added, which jobs and outcomes have.
struct JobColumns {
    /// The names of the columns, in the order of the values.
    static let names = """
        tenant, account, endpoint, reference, submitted, eta_seconds, eta_attoseconds, limit_seconds, limit_attoseconds, \
        counts_from_submission, note
        """

    /// The number of the columns.
    static let count: Int32 = 11

    /// The values of a job that was validated.
    static func values(of job: DurableJob) throws -> [SQLValue] {
        [
            SQLValue(identifier: job.tenant), SQLValue(identifier: job.account?.rawValue),
            .text(job.job.endpoint.rawValue), .text(job.job.description),
            SQLValue(job.submitted?.date.timeIntervalSinceReferenceDate),
        ] + StoredDuration.values(of: job.submitted?.eta) + StoredDuration.values(of: job.deadline.limit) + [
            SQLValue(job.deadline.countsFromSubmission ? 1 : 0),
            SQLValue(try job.note.map { try StoredText.encode($0) }),
        ]
    }

    private let tenant, account, note: String?
    private let reference: String
    private let submitted: Double?
    private let eta: Duration?
    private let deadline: JobDeadline

    /// Reads the columns that begin at an index.
    init(_ row: SQLiteStatement, at column: Int32) {
        tenant = row.optionalText(column)
        account = row.optionalText(column + 1)
        reference = row.text(column + 3)
        submitted = row.optionalReal(column + 4)
        eta = StoredDuration.read(row, at: column + 5)
        let limit = StoredDuration.read(row, at: column + 7) ?? .zero
        deadline = row.integer(column + 9) == 0 ? .afterAdding(limit) : .afterSubmission(limit)
        note = row.optionalText(column + 10)
    }

    /// The job.
    ///
    /// - Throws: `JobStoreError` if the row isn't one of this store.
    func job() throws -> DurableJob {
        guard let job = try? JobReference(reference) else {
            throw JobStoreError(
                .unusable,
                "the store contains a job whose reference isn't one",
                remedy: "Remove the rows that other programs have written."
            )
        }
        return DurableJob(
            job,
            submitted: submitted.map { Submission(at: Date(timeIntervalSinceReferenceDate: $0), eta: eta) },
            tenant: tenant,
            account: account.map { AccountID($0) },
            deadline: deadline,
            note: try note.map { try StoredText.decode($0) }
        )
    }
}
