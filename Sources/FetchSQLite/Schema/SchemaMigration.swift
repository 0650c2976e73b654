import FetchJobs

/// The changes of the tables of one database: those that were applied, and those that are still to be applied.
struct SchemaMigration {
    private static let table = """
        CREATE TABLE IF NOT EXISTS fetchkit_schema (
        number INTEGER PRIMARY KEY, summary TEXT NOT NULL, applied_at INTEGER NOT NULL)
        """

    let connection: SQLiteConnection
    let changes: [SchemaChange]

    /// The number of the last change that this version of the library knows.
    private var known: Int { changes.last?.number ?? 0 }

    /// The number of the last change that was applied; zero for a database without tables of the store.
    func version() throws -> Int {
        let tables = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'fetchkit_schema'"
        guard try connection.rows(tables, [], { $0.integer(0) }) == [1] else { return 0 }
        let versions = try connection.rows("SELECT max(number) FROM fetchkit_schema", []) { Int($0.integer(0)) }
        return versions.first ?? 0
    }

    /// Applies all changes that weren't applied yet. Of several processes that do so at once, one does, and the others
    /// wait for it.
    func apply(at date: StoredDate) throws {
        // A database that is current needs no lock.
        var version = try version()
        try check(version)
        while version < known {
            version = try connection.write {
                let version = try self.version()
                try check(version)
                guard let change = changes.first(where: { $0.number > version }) else { return version }
                try connection.execute(Self.table)
                for statement in change.statements { try connection.execute(statement) }
                let row = [SQLValue(change.number), .text(change.summary), date.value]
                try connection.execute("INSERT INTO fetchkit_schema VALUES (?1, ?2, ?3)", row)
                return change.number
            }
        }
    }

    /// Throws if this version of the library can't work with the tables: it works with its own version, the one before,
    /// and the one after.
    func checkUsable() throws {
        let version = try version()
        try check(version)
        let oldest = max(known - 1, 1)
        guard version >= oldest else {
            throw JobStoreError(
                .unusable,
                "the tables in “\(connection.path)” have the version \(version), and this program needs \(oldest)",
                remedy: "Apply the changes with SQLiteJobStore.migrate(path:)."
            )
        }
    }

    private func isTooNew(_ version: Int) -> Bool { version > known + 1 }

    /// Throws if the tables are of a version that this one can't work with.
    private func check(_ version: Int) throws(JobStoreError) {
        guard isTooNew(version) else { return }
        throw JobStoreError(
            .unusable,
            "the tables in “\(connection.path)” have the version \(version), and this program knows \(known)",
            remedy: "Update this program."
        )
    }

    /// Returns the state of the tables without changing them.
    func status() throws -> SchemaStatus {
        let version = try version()
        return SchemaStatus(
            version: version,
            pending: changes.filter { $0.number > version },
            problems: try problems(at: version)
        )
    }

    /// Compares the tables, indexes and views with those that the version should have.
    private func problems(at version: Int) throws -> [String] {
        guard version <= known else {
            return isTooNew(version) ? ["They need a later version of this program, which knows \(known)."] : []
        }
        let model = try connection.emptyDatabase()
        for statement in changes.filter({ $0.number <= version }).flatMap(\.statements) { try model.execute(statement) }
        let expected = try Self.definitions(in: model)
        let found = try Self.definitions(in: connection)
        return expected.sorted { $0.key < $1.key }.compactMap { name, statement in
            guard let present = found[name] else { return "\(name) is missing." }
            return present == statement ? nil : "\(name) was changed."
        }
    }

    /// Returns the statements of the tables, indexes and views of the store by their names.
    private static func definitions(in connection: SQLiteConnection) throws -> [String: String] {
        let query = """
            SELECT name, sql FROM sqlite_master WHERE substr(name, 1, 9) = 'fetchkit_' AND name <> 'fetchkit_schema'
            """
        let rows = try connection.rows(query, []) { row in
            (row.text(0), row.text(1).split(whereSeparator: \.isWhitespace).joined(separator: " "))
        }
        return Dictionary(rows, uniquingKeysWith: { first, _ in first })
    }
}
