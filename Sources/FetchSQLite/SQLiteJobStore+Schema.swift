public import FetchJobs

// The tables.
extension SQLiteJobStore {
    /// The changes of the tables that this version of the library knows, in order.
    public static var schemaChanges: [SchemaChange] { SQLiteSchema.changes }

    /// Returns the version of the tables in a file, the changes that are still to be applied, with their statements,
    /// and differences from the tables that the version should have. It changes nothing, and blocks its thread.
    ///
    /// - Parameter path: The path of the file. If there is none, all changes are still to be applied.
    /// - Returns: The state of the tables.
    /// - Throws: `JobStoreError` if the library is missing, or the file isn't a database.
    public static func schemaStatus(path: String) throws -> SchemaStatus {
        try schemaStatus(path: path, SQLiteEnvironment())
    }

    /// Applies the changes that are still to be applied, and returns the state after that. It blocks its thread.
    ///
    /// Several processes may do it at once. Stores of the version before may be in use meanwhile.
    ///
    /// - Parameter path: The path of the file, which is created if there is none.
    /// - Returns: The state of the tables after the changes.
    /// - Throws: `JobStoreError`, as creating a store does.
    @discardableResult
    public static func migrate(path: String) throws -> SchemaStatus {
        _ = try SQLiteJobStore(path: path)
        return try schemaStatus(path: path)
    }

    /// Executes a statement in a transaction of its own. Tests look at tables with it.
    @discardableResult
    package func execute(_ statement: String, _ values: [SQLValue] = []) async throws -> [[SQLValue]] {
        try await writer.write { try SQLiteRecordingTransaction.execute(statement, values, $0.connection) }
    }

    /// Returns the state of tables in an environment of a test's own.
    package static func schemaStatus(path: String, _ environment: SQLiteEnvironment) throws -> SchemaStatus {
        let changes = environment.changes ?? SQLiteSchema.changes
        let database = try SQLiteDatabase(path: path, lockTimeout: .seconds(5), environment)
        guard database.exists else { return SchemaStatus(version: 0, pending: changes) }
        let connection = try database.connectForStatus()
        return try connection.read { try SchemaMigration(connection: connection, changes: changes).status() }
    }
}
