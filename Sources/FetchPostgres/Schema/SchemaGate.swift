import FetchJobs
import Synchronization

/// Lets connections be used only if the tables of the store are those of a version that this library works with.
///
/// The first connection of a store is checked. The others needn't be: whether a library can use the tables changes with
/// a new version alone, and a statement that it can't use throws a clear error.
final class SchemaGate: Sendable {
    private let schema: PostgresSchema
    private let appliesChanges: Bool
    private let libraryVersion: Int
    private let isOpen = Mutex(false)

    init(schema: PostgresSchema, appliesChanges: Bool, libraryVersion: Int) {
        self.schema = schema
        self.appliesChanges = appliesChanges
        self.libraryVersion = libraryVersion
    }

    /// Checks the version unless another connection was checked before, and applies pending changes if the store may.
    ///
    /// - Throws: `JobStoreError`; ``PostgresError``.
    func check(_ connection: PostgresConnection) throws {
        guard !isOpen.withLock(\.self) else { return }
        try checkVersion(connection)
        isOpen.withLock { $0 = true }
    }

    private func checkVersion(_ connection: PostgresConnection) throws {
        let minimum = 130_000
        guard connection.serverVersion >= minimum else {
            throw JobStoreError(
                .unusable,
                "the database is PostgreSQL \(connection.serverVersion / 10_000), and the store needs 13 or later",
                remedy: "Update the server."
            )
        }
        let version = try SchemaVersion(of: schema, connection)
        try version.check(libraryVersion: libraryVersion)
        guard version.number < libraryVersion else { return }
        if appliesChanges {
            do {
                try SchemaChanger(schema: schema, connection: connection, libraryVersion: libraryVersion).apply()
            } catch let error as PostgresError where version.number >= PostgresSchema.earliestVersion {
                // A user without the right to change tables, or a server that is read-only, can use the earlier version.
                if error.endsConnection, error.state != "25006" { throw error }
            }
        } else if version.number < PostgresSchema.earliestVersion {
            throw JobStoreError(
                .unusable,
                "the tables of the store don't exist, or are too old: their version is \(version.number)",
                remedy: "Call migrate(), or apply the statements of migrationPlan()."
            )
        }
    }
}
