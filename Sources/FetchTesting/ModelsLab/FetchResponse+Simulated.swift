#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import FetchCore

extension FetchResponse {
    /// A JSON object, its members in alphabetical order.
    static func json(_ fields: [String: JSONValue], status: Int = 200) -> Self {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // The fields are the simulation's own: only a number that isn't finite could fail, and there is none.
        let body = (try? encoder.encode(fields)) ?? Data()
        return Self(status: status, headers: ["Content-Type": "application/json"], body: body)
    }

    /// A gateway's page, or nothing.
    static func page(_ text: String, status: Int) -> Self {
        Self(status: status, headers: ["Content-Type": "text/html; charset=UTF-8"], body: Data(text.utf8))
    }
}

extension JSONValue {
    /// A list of links.
    static func links(_ links: [String]) -> Self { .array(links.map { .string($0) }) }
}

extension Duration {
    /// The duration in seconds, rounded up.
    var wholeSeconds: Int64 {
        let (seconds, attoseconds) = components
        return attoseconds > 0 && seconds < .max ? seconds + 1 : seconds
    }
}
