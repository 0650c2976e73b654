import FetchJobs
import SystemLibrary

/// A loaded libpq.
struct PostgresLibrary: Sendable {
    let functions: PostgresFunctions

    /// The system's library, loaded on first use.
    static let system = Result { () throws(JobStoreError) in try PostgresLibrary(names: systemNames) }

    private static let systemNames = {
        #if canImport(Darwin)
            [
                "libpq.5.dylib", "/opt/homebrew/opt/libpq/lib/libpq.5.dylib", "/usr/local/opt/libpq/lib/libpq.5.dylib",
                "/Applications/Postgres.app/Contents/Versions/latest/lib/libpq.5.dylib",
                "/opt/local/lib/postgresql17/libpq.5.dylib",
            ]
        #else
            ["libpq.so.5"]
        #endif
    }()

    private static let remedy =
        "Install libpq, for example with “apt-get install libpq5”, “dnf install libpq” or “brew install libpq”."

    /// Loads the library.
    ///
    /// - Parameter names: The file names to try, in order, as passed to `dlopen`.
    /// - Throws: `JobStoreError` with the code `unusable` if no library can be loaded, or it lacks a function.
    init(names: [String]) throws(JobStoreError) {
        do throws(SystemLibraryError) {
            functions = try PostgresFunctions(in: SystemLibrary(names))
        } catch {
            switch error {
            case .symbolNotFound(let symbol, let library):
                throw JobStoreError(.unusable, "\(library) has no function \(symbol)", remedy: Self.remedy)
            case .libraryNotFound(let names, let reason):
                let list = names.joined(separator: " or ")
                throw JobStoreError(.unusable, "libpq can't be loaded as \(list): \(reason)", remedy: Self.remedy)
            }
        }
    }
}
