import Foundation
import Testing

/// The text of a file in `Fixtures`.
func fixture(_ name: String) throws -> String {
    let url = Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Fixtures")
    return try String(contentsOf: #require(url, "There is no fixture named \(name)."), encoding: .utf8)
}
