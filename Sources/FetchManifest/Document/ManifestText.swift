#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import FetchCore

/// The JSON of a manifest, before anything is made of it.
enum ManifestText {
    static func document(_ data: Data, named name: String) throws(ManifestError) -> JSONValue {
        // Parsers guess UTF-16 where every other byte is zero; JSON is UTF-8.
        guard String(validating: data, as: UTF8.self) != nil, !data.contains(0) else {
            throw ManifestError(file: name, "it is not text in UTF-8", "Save it as UTF-8.")
        }
        let bytes = data.starts(with: [0xEF, 0xBB, 0xBF]) ? data.dropFirst(3) : data
        var syntax = JSONSyntax(bytes)
        do throws(JSONSyntax.Flaw) {
            try syntax.check()
        } catch {
            throw ManifestError(
                file: name,
                [.init(field: "line \(error.line), column \(error.column)", reason: error.reason, remedy: error.remedy)]
            )
        }
        do {
            return try JSONDecoder().decode(JSONValue.self, from: bytes)
        } catch {
            throw ManifestError(file: name, "it is not JSON", "Write it as one JSON object.")
        }
    }
}
