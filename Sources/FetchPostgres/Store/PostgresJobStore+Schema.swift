public import FetchJobs

// The tables.
extension PostgresJobStore {
    /// Applies all pending changes of the tables, whether or not the store may by itself. Several processes may call it
    /// at once.
    ///
    /// - Returns: The state after the changes.
    /// - Throws: `JobStoreError`, with the code `unusable` if the user lacks a right, or the tables need a later version
    ///   of the library; `CancellationError`.
    @discardableResult
    public func migrate() async throws -> SchemaStatus {
        let schema = PostgresSchema(schema)
        try await withoutGate { connection in
            try SchemaChanger(schema: schema, connection: connection, libraryVersion: PostgresSchema.version).apply()
        }
        return try await schemaStatus()
    }

    /// Returns the version of the tables, the pending changes, and the differences from the tables, indexes and views
    /// that the version should have. An index that PostgreSQL has marked as invalid is one.
    public func schemaStatus() async throws -> SchemaStatus {
        let schema = PostgresSchema(schema)
        return try await withoutGate { connection in
            let version = try SchemaVersion(of: schema, connection)
            let known = PostgresSchema.version
            let isTooNew = version.earliestLibrary > known
            return SchemaStatus(
                version: version.number,
                pending: schema.changes.filter { $0.number > version.number },
                problems: isTooNew
                    ? ["They need a later version of this program, which knows \(known)."]
                    : version.number == 0 ? [] : try SchemaInspection(schema, connection).problems(at: version.number)
            )
        }
    }

    /// Returns the SQL of the pending changes, for people who apply them by hand. It changes nothing.
    ///
    /// A comment at its end has the statements that let another role than the owner of the tables use the store.
    ///
    /// - Returns: A script for `psql`, with a transaction for each change. Empty if there is none.
    /// - Throws: `JobStoreError`; `CancellationError`.
    public func migrationPlan() async throws -> String {
        let schema = PostgresSchema(schema)
        let changes = try await schemaStatus().pending.map { change in
            let statements = schema.statements(for: change).map { "\($0);\n" }.joined()
            return "-- Change \(change.number): \(change.summary)\nBEGIN;\n\(statements)COMMIT;\n"
        }
        guard !changes.isEmpty else { return "" }
        let rights = schema.rights(of: "app").map { "-- \($0);\n" }.joined()
        let comment = "-- If a role app that isn't the owner of the tables uses the store, it needs these rights:\n"
        return (changes + [comment + rights]).joined(separator: "\n")
    }

    /// Runs a function with a connection to tables of any version.
    private func withoutGate<Value: Sendable>(
        _ body: @escaping @Sendable (PostgresConnection) throws -> Value
    ) async throws -> Value {
        let functions = try PostgresLibrary.system.get().functions
        return try await SessionPool(1, turn: .seconds(1)) { [address] in
            try PostgresConnection(to: address, functions, limits: TimeLimits())
        }.run(body)
    }
}
