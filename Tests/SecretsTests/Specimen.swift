import SecretSearch

/// A value of a public type that has come as near to the key as such a value can, turned into text at that moment.
struct Specimen: Sendable {
    /// The type's name with its module, without its parameters: `FetchCore.FetchUpdates.Iterator`.
    let type: String
    let disclosure: Disclosure

    /// Takes a value.
    ///
    /// - Parameter dumped: The text that `dump` writes of it.
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
