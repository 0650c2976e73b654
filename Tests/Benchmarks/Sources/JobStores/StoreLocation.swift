package import FetchJobs
import FetchPostgres
import FetchSQLite
import Foundation

/// The place of a store that several processes can open.
package struct StoreLocation: Sendable, Hashable {
    /// The kinds of stores.
    package enum Kind: String, CaseIterable, Sendable {
        /// A store in the memory of one process.
        case memory
        /// A file of SQLite.
        case sqlite
        /// A database of PostgreSQL.
        case postgres
    }

    /// The kind of the store.
    package var kind: Kind

    /// The path of the file, or the URL of the database. It may contain a password, and is never printed.
    package var place: String

    /// The schema of PostgreSQL.
    package var schema: String

    /// Creates a place.
    package init(_ kind: Kind, at place: String, schema: String = "fetchkit") {
        self.kind = kind
        self.place = place
        self.schema = schema
    }

    /// The options with which another process of the same program opens the store, without a password.
    package var arguments: [String] {
        switch kind {
        case .memory: ["--store", kind.rawValue]
        case .sqlite: ["--store", kind.rawValue, "--path", place]
        case .postgres: ["--store", kind.rawValue, "--schema", schema]
        }
    }

    /// The environment variables that belong to ``arguments``.
    package var environment: [String: String] { kind == .postgres ? ["FETCHKIT_POSTGRES_URL": place] : [:] }

    /// Opens the store. Its tables are created if they don't exist.
    ///
    /// - Parameter recorder: The part of the transaction in which outcomes are recorded. The store in memory has none.
    /// - Returns: The store.
    /// - Throws: `JobStoreError`.
    package func open(recording recorder: OutcomeRecorder? = nil) throws -> any JobStore {
        switch kind {
        case .memory: InMemoryJobStore()
        case .sqlite: try SQLiteJobStore(path: place, recorder: recorder)
        case .postgres: try PostgresJobStore(place, schema: schema, recorder: recorder)
        }
    }
}
