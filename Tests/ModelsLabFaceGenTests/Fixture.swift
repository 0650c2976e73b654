import Foundation
import Testing

/// Returns the contents of the file `Fixtures/<name>.json`.
func fixture(_ name: String) throws -> String {
    let url = Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Fixtures")
    return try String(contentsOf: #require(url, "There is no fixture named \(name)."), encoding: .utf8)
}
