import FetchJobs

// What the functions of the store have in common.
extension PostgresJobStore {
    /// Executes statements as one transaction, and reads their rows.
    func transaction<Value: Sendable>(
        _ sql: SQL,
        _ read: @escaping @Sendable ([PostgresRows]) throws -> Value
    ) async throws -> Value {
        try await pool.run { connection in try read(try connection.transaction(sql)) }
    }

    func transaction(_ sql: SQL) async throws { try await transaction(sql) { _ in } }

    /// Executes a statement that ends jobs, and the application's part of the transaction.
    ///
    /// - Parameters:
    ///   - sql: A statement that returns outcomes with ``StoreColumns/outcome``, and further ones.
    ///   - read: Reads the rows of all statements.
    /// - Returns: The values that were read.
    /// - Throws: `JobStoreError` or ``UnreadableOutcomes``, and nothing is changed; `CancellationError`.
    func endingTransaction<Value: Sendable>(
        _ sql: SQL,
        _ read: @escaping @Sendable ([PostgresRows]) throws -> Value
    ) async throws -> Value {
        try await pool.run { [self] connection in
            try withDays(connection) { connection in
                guard let recorder else { return try read(try connection.transaction(sql)) }
                return try connection.transaction(sql) { rows in
                    let outcomes = rows.first.map(StoreColumns.readableOutcomes) ?? ReadableRows()
                    guard outcomes.unreadable.isEmpty else { throw UnreadableOutcomes(jobs: outcomes.unreadable) }
                    if !outcomes.values.isEmpty { try call(recorder, outcomes.values, connection) }
                    return try read(rows)
                }
            }
        }
    }

    private func call(
        _ recorder: OutcomeRecorder,
        _ outcomes: [StoredOutcome],
        _ connection: PostgresConnection
    ) throws {
        let transaction = PostgresTransaction(connection)
        defer { transaction.end() }
        try transaction.handle(outcomes, by: recorder)
        if let error = transaction.error { throw error }
    }

    /// Runs a function that inserts outcomes. If there is no partition for the day, it is made first.
    private func withDays<Value>(
        _ connection: PostgresConnection,
        _ body: (PostgresConnection) throws -> Value
    ) throws -> Value {
        do {
            return try body(connection)
        } catch let error as PostgresError where error.isMissingPartition {
            _ = try connection.transaction("SELECT \(schema).prepare_days(\(now), 1)")
            return try body(connection)
        }
    }

    @Sendable static func outcomes(_ rows: PostgresRows) throws -> [StoredOutcome] {
        try rows.indices.map { try StoreColumns.storedOutcome(rows, $0) }
    }

    /// The common table expressions that store the outcomes of the removed jobs `gone` and begin their deliveries.
    ///
    /// - Parameters:
    ///   - end: The kind and the body of the end, which may refer to the table `g`.
    ///   - worker: The worker that records them.
    /// - Returns: The expressions `kept`, whose rows are the outcomes, and `sent`.
    func keeping(_ end: SQL, by worker: WorkerID?) -> SQL {
        let number: SQL = worker.map { "\($0.rawValue)" } ?? "NULL::bigint"
        return """
            kept AS (
                INSERT INTO \(schema).outcome (
                    job, ended_at, tenant, account, endpoint, reference, submitted_at, eta, time_limit,
                    limit_from_submission, note, kind, body, worker
                )
                SELECT g.id, \(now), g.tenant, g.account, g.endpoint, g.reference, g.submitted_at, g.eta, g.time_limit,
                    g.limit_from_submission, g.note, \(end), \(number)
                FROM gone g
                RETURNING *
            ), sent AS (
                INSERT INTO \(schema).delivery (job, ended_at, available_at)
                SELECT k.job, k.ended_at, k.ended_at FROM kept k
            )
            """
    }
}
