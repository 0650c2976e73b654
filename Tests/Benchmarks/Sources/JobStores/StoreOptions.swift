package import ArgumentParser
import Foundation

/// The options that say which store is used.
package struct StoreOptions: ParsableArguments {
    @Option(help: "The store: memory, sqlite or postgres.")
    package var store = StoreLocation.Kind.sqlite

    @Option(help: "The path of SQLite's file. Defaults to a temporary one.")
    package var path: String?

    @Option(help: "The URL of PostgreSQL's database. Defaults to the variable FETCHKIT_POSTGRES_URL.")
    package var url: String?

    @Option(help: "The schema of PostgreSQL. Defaults to a new one.")
    package var schema: String?

    package init() {}

    package func validate() throws {
        guard store == .postgres, databaseURL == nil else { return }
        throw ValidationError("Pass --url, or set FETCHKIT_POSTGRES_URL: `.ci/postgres` starts a database and sets it.")
    }

    private var databaseURL: String? { url ?? ProcessInfo.processInfo.environment["FETCHKIT_POSTGRES_URL"] }

    /// Returns the place of the store.
    ///
    /// - Parameter name: A name that distinguishes a new file or schema from others.
    /// - Returns: The place.
    package func location(named name: String) -> StoreLocation {
        switch store {
        case .memory: StoreLocation(.memory, at: "")
        case .sqlite: StoreLocation(.sqlite, at: path ?? URL.temporaryDirectory.appending(path: "\(name).sqlite").path)
        case .postgres: StoreLocation(.postgres, at: databaseURL ?? "", schema: schema ?? name)
        }
    }
}

extension StoreLocation.Kind: ExpressibleByArgument {}
