import FetchJobs

/// Applies changes of the tables, each in a transaction under a lock.
struct SchemaChanger {
    /// The time limit of one change.
    private static let limit: Duration = .seconds(600)

    let schema: PostgresSchema
    let connection: PostgresConnection
    let libraryVersion: Int

    /// Applies all pending changes.
    func apply() throws {
        while true {
            let present = try SchemaVersion(of: schema, connection)
            try present.check(libraryVersion: libraryVersion)
            let version = present.number
            guard let change = schema.changes.first(where: { $0.number == version + 1 }),
                change.number <= libraryVersion
            else { return }
            do {
                try apply(change)
            } catch let error as PostgresError where Self.existsAlready(error.state) {
                // Another process has applied it while this one waited for the lock.
                guard try SchemaVersion(of: schema, connection).number > version else { throw error }
            }
        }
    }

    private func apply(_ change: SchemaChange) throws {
        var statements = schema.statements(for: change)
        if change.number == 1, try hasSchema() { statements.removeAll { $0.hasPrefix("CREATE SCHEMA") } }
        let text = SQL(stringLiteral: statements.joined(separator: ";\n"))
        try connection.query(
            "SET LOCAL lock_timeout = 30000; SET LOCAL statement_timeout = 600000; \(text)",
            within: Self.limit
        )
    }

    /// True if the schema exists. A user without the right to create schemas may use one that was made for it.
    private func hasSchema() throws -> Bool {
        try connection.query("SELECT to_regnamespace(\(schema.name)) IS NOT NULL").first?.flag(0, 0) ?? false
    }

    private static func existsAlready(_ state: String) -> Bool {
        ["42P07", "42P06", "42723", "23505", "42710"].contains(state)
    }
}
