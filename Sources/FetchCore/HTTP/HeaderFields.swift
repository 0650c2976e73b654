/// Header fields in the order in which they came. Names are compared without regard to case.
///
/// Printing, dumping or reflecting them shows their names only, since the key may be in a value.
public struct HeaderFields: Sendable, Hashable {
    /// One header field.
    public struct Field: Sendable, Hashable {
        /// The field's name as it was written.
        public var name: String
        /// The field's value.
        public var value: String
    }

    /// The fields in order, repeated names included.
    public private(set) var fields: [Field] = []

    /// Creates headers without a field.
    public init() {}

    /// The first value of that name. Setting replaces all values of that name; nil removes them.
    public subscript(name: String) -> String? {
        get { fields.first { $0.hasName(name) }?.value }
        set {
            fields.removeAll { $0.hasName(name) }
            if let newValue { append(name: name, value: newValue) }
        }
    }

    /// Adds a field and keeps those of the same name.
    public mutating func append(name: String, value: String) {
        fields.append(Field(name: name, value: value))
    }

    /// The place of the first field of that name.
    func index(of name: String) -> Int? { fields.firstIndex { $0.hasName(name) } }

    /// Sets the value of the field at a place, which must have one.
    mutating func setValue(_ value: String, at index: Int) { fields[index].value = value }

    /// The same headers with every name and value passed through `transform`.
    func mapTexts(_ transform: (String) -> String) -> Self {
        var result = self
        for index in result.fields.indices {
            result.fields[index].name = transform(result.fields[index].name)
            result.fields[index].value = transform(result.fields[index].value)
        }
        return result
    }
}

extension HeaderFields.Field {
    fileprivate func hasName(_ other: String) -> Bool {
        guard name.utf8.count == other.utf8.count else { return false }
        for (one, another) in zip(name.utf8, other.utf8) where one != another {
            // A name outside ASCII is none that could be sent, and still is the same as itself.
            if (one | another) & 0x80 != 0 { return name.lowercased() == other.lowercased() }
            guard one.inSmallLetters == another.inSmallLetters else { return false }
        }
        return true
    }
}

extension UInt8 {
    /// The same letter of ASCII in its small form; any other byte as it is.
    fileprivate var inSmallLetters: UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self
    }
}

extension HeaderFields: ExpressibleByDictionaryLiteral {
    /// Creates headers from names and values, in that order.
    public init(dictionaryLiteral fields: (String, String)...) {
        for (name, value) in fields { append(name: name, value: value) }
    }
}

extension HeaderFields: CustomStringConvertible, CustomReflectable {
    /// The names, in brackets.
    public var description: String { "[\(fields.map(\.description).joined(separator: ", "))]" }

    /// The names.
    public var customMirror: Mirror { Mirror(self, unlabeledChildren: fields.map(\.name), displayStyle: .collection) }
}

extension HeaderFields.Field: CustomStringConvertible, CustomReflectable {
    /// The name.
    public var description: String { name }

    /// The name, and nothing of the value.
    public var customMirror: Mirror { Mirror(self, children: ["name": name], displayStyle: .struct) }
}
