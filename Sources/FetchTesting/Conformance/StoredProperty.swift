/// A stored property of an endpoint, as reflection finds it.
struct StoredProperty {
    let name: String
    let value: Any

    /// The type with which the property was declared, or that Swift has inferred.
    var type: Any.Type { Swift.type(of: value) }

    /// The name in lowercase, without underscores.
    var normalizedName: String { name.lowercased().filter { $0 != "_" } }

    /// The stored properties of a value, those of superclasses included. The storage of property wrappers and lazy
    /// properties isn't included.
    static func all(of value: Any) -> [Self] {
        sequence(first: Mirror(reflecting: value), next: \.superclassMirror).flatMap(\.children).compactMap { child in
            guard let name = child.label, let first = name.first, first.isLetter else { return nil }
            return Self(name: name, value: child.value)
        }
    }
}
