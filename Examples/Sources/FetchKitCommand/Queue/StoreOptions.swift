import ArgumentParser
import FetchCore
import FetchJobs
import FetchPostgres
import FetchSQLite
import Foundation

/// The option for the store of durable jobs.
struct StoreOptions: ParsableArguments {
    @Option(
        name: .customLong("store"),
        help: ArgumentHelp("A SQLite file or a postgres:// URL. (or: FETCHKIT_STORE)", valueName: "store")
    )
    var store: String?

    /// Returns the store.
    ///
    /// - Throws: ``UsageError`` if none is named; `JobStoreError` if it can't be opened.
    func open() throws -> any JobStore {
        switch try location() {
        case .sqlite(let path): try SQLiteJobStore(path: path)
        case .postgres(let url): try PostgresJobStore(url)
        }
    }

    /// Returns the location of the store.
    ///
    /// - Throws: ``UsageError`` if none is named.
    func location() throws -> StoreLocation {
        let setup = try ConnectionSetup(ConnectionOptions.parse([]))
        guard let text = store ?? setup.store, !text.isEmpty else {
            throw UsageError("no store is named. Pass --store jobs.sqlite, or set FETCHKIT_STORE.")
        }
        let isURL = text.hasPrefix("postgres://") || text.hasPrefix("postgresql://")
        return isURL ? .postgres(text) : .sqlite(text)
    }
}

/// The location of a store of durable jobs.
enum StoreLocation {
    /// The path of a file of SQLite.
    case sqlite(String)
    /// The URL of a database of PostgreSQL.
    case postgres(String)
}
