/// The database transaction in which a store records outcomes. An application's own statements in it happen exactly
/// once for each outcome: with the outcome, or not at all.
///
/// ```swift
/// let store = try SQLiteJobStore(path: "jobs.sqlite") { outcomes, transaction in
///     for outcome in outcomes {
///         let id = SQLValue.text(outcome.job.job.description)
///         try transaction.execute("UPDATE film SET state = 'done' WHERE job = $1", [id])
///     }
/// }
/// ```
public protocol RecordingTransaction {
    /// Executes one statement and returns its rows. The statement may create tables and indexes of the application's own.
    ///
    /// - Parameters:
    ///   - statement: One SQL statement with the parameters `$1`, `$2` and so on. It must not end the transaction.
    ///   - values: The values of the parameters.
    /// - Returns: The rows, each with its values in the order of the columns.
    /// - Throws: ``JobStoreError``. The transaction can't be used further then: let the error leave the closure.
    @discardableResult
    func execute(_ statement: String, _ values: [SQLValue]) throws -> [[SQLValue]]
}

/// An application's part of the transaction in which a store records outcomes.
///
/// A store calls it on a thread of its own, for the outcomes of one transaction at a time, including those of cancelled
/// and overdue jobs. An error that it throws undoes the transaction: the jobs go on waiting, and the ends are recorded
/// later. It should take little time, since it holds the store's locks, and must not call the store.
public typealias OutcomeRecorder =
    @Sendable (_ outcomes: [StoredOutcome], _ transaction: any RecordingTransaction) throws -> Void

extension RecordingTransaction {
    /// Has an application's closure handle outcomes in this transaction.
    ///
    /// - Parameters:
    ///   - outcomes: The outcomes.
    ///   - recorder: The closure.
    /// - Throws: ``JobStoreError``. Of an error of the application only the type is kept, since its text may be secret.
    package func handle(_ outcomes: [StoredOutcome], by recorder: OutcomeRecorder) throws {
        do {
            try recorder(outcomes, self)
        } catch let error as JobStoreError {
            throw error
        } catch {
            throw JobStoreError(
                .unavailable,
                "the application's part of the transaction failed with the error \(type(of: error))",
                remedy: "The outcomes are recorded when it no longer fails."
            )
        }
    }
}
