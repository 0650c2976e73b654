import FetchCore
import Testing

/// A change that makes the example manifest invalid, and the expected field, reason and remedy.
struct InvalidField: Sendable, CustomTestStringConvertible {
    let changes: [String: JSONValue]
    let field: String
    let reason: String
    let remedy: String

    init(_ changes: [String: JSONValue], _ field: String, _ reason: String, _ remedy: String) {
        (self.changes, self.field, self.reason, self.remedy) = (changes, field, reason, remedy)
    }

    var testDescription: String { "\(field) \(reason)" }
}
