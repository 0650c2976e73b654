import FetchCore

/// The kind of a value in a response, as conditions distinguish it. Each value has exactly one kind.
enum ValueKind: String, Sendable, CaseIterable {
    /// No such member, element or header.
    case missing
    /// Present, and `null`.
    case null
    /// An empty string, array or object.
    case empty
    case text, number, boolean, array, object

    init(_ value: JSONValue?) {
        switch value {
        case nil: self = .missing
        case .null: self = .null
        case .string(""), .array([]), .object([:]): self = .empty
        case .string: self = .text
        case .integer, .number: self = .number
        case .bool: self = .boolean
        case .array: self = .array
        case .object: self = .object
        }
    }

    /// The kinds of a value that isn't an array or object.
    static let scalars: Set<Self> = [.text, .number, .boolean]
}
