import FetchJobs

/// The transaction that an application takes part in. It can be used until the application's closure returns.
final class PostgresTransaction: RecordingTransaction {
    private let connection: PostgresConnection
    private var hasEnded = false

    /// The error of a statement. The transaction can't be used further, also if the application ignores the error.
    private(set) var error: JobStoreError?

    init(_ connection: PostgresConnection) { self.connection = connection }

    func end() { hasEnded = true }

    func execute(_ statement: String, _ values: [SQLValue]) throws -> [[SQLValue]] {
        if let error { throw error }
        guard !hasEnded else {
            throw JobStoreError(.unusable, "the transaction was used after the closure that was given it has returned")
        }
        do {
            return try connection.execute(statement, values).first?.values() ?? []
        } catch let failure as PostgresError {
            var error = failure.jobStoreError
            if error.code == .unusable {
                let message = "the database has refused a statement of the closure: \(failure.message)"
                error = JobStoreError(.unusable, "\(message) (SQLSTATE \(failure.state))")
            }
            self.error = error
            throw error
        }
    }
}
