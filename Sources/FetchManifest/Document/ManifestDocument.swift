#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import FetchCore

/// A parser for the JSON document of a manifest. It reports syntax errors with line and column.
enum ManifestDocument {
    static func parse(_ data: Data, named name: String) throws(ManifestError) -> JSONValue {
        // Rejects zero bytes: JSON parsers detect UTF-16 by them, but JSON must be UTF-8.
        guard String(validating: data, as: UTF8.self) != nil, !data.contains(0) else {
            throw ManifestError(file: name, "it is not UTF-8 text", "Save it as UTF-8.")
        }
        let bytes = data.starts(with: [0xEF, 0xBB, 0xBF]) ? data.dropFirst(3) : data
        var syntax = JSONSyntax(bytes)
        do throws(JSONSyntax.Problem) {
            try syntax.check()
        } catch {
            throw ManifestError(
                file: name,
                [.init(field: "line \(error.line), column \(error.column)", reason: error.reason, remedy: error.remedy)]
            )
        }
        do throws(FetchError) {
            return try JSONValue(parsing: bytes)
        } catch {
            throw ManifestError(file: name, "it is not JSON", "Write it as one JSON object.")
        }
    }
}
