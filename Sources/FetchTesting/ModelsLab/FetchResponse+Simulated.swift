#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import FetchCore

extension FetchResponse {
    /// Returns a response with a JSON object whose members are in alphabetical order.
    static func json(_ fields: [String: JSONValue], status: Int = 200) -> Self {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Encoding fails only for numbers that aren't finite. The simulation creates none.
        let body = (try? encoder.encode(fields)) ?? Data()
        return Self(status: status, headers: ["Content-Type": "application/json"], body: body)
    }

    /// Returns a response with an HTML page, or with an empty body, as a gateway sends it.
    static func page(_ text: String, status: Int) -> Self {
        Self(status: status, headers: ["Content-Type": "text/html; charset=UTF-8"], body: Data(text.utf8))
    }
}

extension JSONValue {
    /// Returns an array of links.
    static func links(_ links: [String]) -> Self { .array(links.map { .string($0) }) }
}

extension Duration {
    /// The duration in seconds, rounded up.
    var wholeSeconds: Int64 {
        let (seconds, attoseconds) = components
        return attoseconds > 0 && seconds < .max ? seconds + 1 : seconds
    }
}
