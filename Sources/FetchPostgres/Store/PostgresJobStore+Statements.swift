package import FetchJobs

extension PostgresJobStore {
    /// Executes statements as they are, outside the protocol of the store. For tests and measurements.
    ///
    /// - Returns: The rows of the last statement that returns rows.
    @discardableResult
    package func execute(_ statements: String) async throws -> [[SQLValue]] {
        try await pool.run { connection in
            try connection.query(SQL(stringLiteral: statements), within: .seconds(600)).last?.values() ?? []
        }
    }
}
