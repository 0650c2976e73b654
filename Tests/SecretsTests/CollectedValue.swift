import TestSupport

/// The type of a collected value and all strings that the value gives.
struct CollectedValue: Sendable {
    /// The qualified name of the type without generic arguments, such as `FetchCore.FetchUpdates.Iterator`.
    let type: String
    let disclosure: Disclosure

    /// Records the strings of a value.
    ///
    /// - Parameters:
    ///   - value: The value.
    ///   - dumped: The output of `dump` for the value.
    init(_ value: Any, dumped: String) {
        type = Self.name(of: Swift.type(of: value))
        disclosure = Disclosure(of: value, dumped: dumped)
    }

    static func name(of type: Any.Type) -> String {
        var depth = 0
        return String(reflecting: type).filter { character in
            if character == "<" { depth += 1 }
            defer { if character == ">" { depth -= 1 } }
            return depth == 0
        }
    }
}
