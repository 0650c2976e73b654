import Foundation

/// A file of this package.
enum PackageFile {
    /// Returns the contents of a file, by its path in the package.
    static func contents(_ path: String) throws -> String {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let package = tests.deletingLastPathComponent().deletingLastPathComponent()
        return try String(contentsOf: package.appending(path: path), encoding: .utf8)
    }
}
