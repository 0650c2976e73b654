package import FetchJobs
import SystemLibrary

/// A loaded libsqlite3 that meets the store's requirements.
package struct SQLiteLibrary: Sendable {
    let functions: SQLiteFunctions

    /// The version, such as 3,040,001 for 3.40.1.
    package let version: Int32

    /// The system's library, loaded on first use.
    package static let system = Result { () throws(JobStoreError) in try SQLiteLibrary(names: systemNames) }

    /// The oldest version that the store works with: 3.31, of January 2020.
    package static let minimumVersion: Int32 = 3_031_000

    private static let systemNames = {
        #if canImport(Darwin)
            ["/usr/lib/libsqlite3.dylib"]
        #else
            ["libsqlite3.so.0"]
        #endif
    }()

    private static let remedy =
        "Install SQLite 3.31 or later, for example with “apt-get install libsqlite3-0” or “dnf install sqlite-libs”."

    /// Loads the library.
    ///
    /// - Parameters:
    ///   - names: The file names to try, in order, as passed to `dlopen`.
    ///   - minimum: The oldest version that is accepted.
    /// - Throws: `JobStoreError` with the code `unusable` if no library can be loaded or it doesn't meet the
    ///   requirements.
    package init(names: [String], minimumVersion minimum: Int32 = minimumVersion) throws(JobStoreError) {
        do {
            let library = try SystemLibrary(names)
            typealias Number = @convention(c) () -> Int32
            version = try library.symbol("sqlite3_libversion_number", as: Number.self)()
            guard version >= minimum else {
                let name = "\(version / 1_000_000).\(version / 1_000 % 1_000).\(version % 1_000)"
                throw JobStoreError(.unusable, "SQLite \(name) is too old", remedy: Self.remedy)
            }
            guard try library.symbol("sqlite3_threadsafe", as: Number.self)() != 0 else {
                throw JobStoreError(.unusable, "SQLite was built without support for threads", remedy: Self.remedy)
            }
            functions = try SQLiteFunctions(in: library)
        } catch let error as JobStoreError {
            throw error
        } catch SystemLibraryError.symbolNotFound(let symbol, let library) {
            throw JobStoreError(.unusable, "\(library) has no function \(symbol)", remedy: Self.remedy)
        } catch SystemLibraryError.libraryNotFound(let names, let reason) {
            throw JobStoreError(
                .unusable,
                "SQLite can't be loaded as \(names.joined(separator: " or ")): \(reason)",
                remedy: Self.remedy
            )
        } catch {
            throw JobStoreError(.unusable, "SQLite can't be loaded", remedy: Self.remedy)
        }
    }
}
