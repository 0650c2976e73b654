package import Foundation

/// Returns the contents of `Fixtures/<name>.json` in the resources of a test target.
///
/// - Parameters:
///   - name: The file's name without its extension.
///   - bundle: The resources of the test target: `.module`.
/// - Returns: The file's contents.
/// - Throws: `CocoaError(.fileNoSuchFile)` if there is no such file, or an error of the file system.
package func fixture(_ name: String, in bundle: Bundle) throws -> String {
    guard let url = bundle.url(forResource: name, withExtension: "json", subdirectory: "Fixtures") else {
        throw CocoaError(.fileNoSuchFile, userInfo: [NSFilePathErrorKey: "Fixtures/\(name).json"])
    }
    return try String(contentsOf: url, encoding: .utf8)
}
