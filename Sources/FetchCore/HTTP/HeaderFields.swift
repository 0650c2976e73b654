/// An ordered list of HTTP header fields. Names are case-insensitive.
///
/// Printing, dumping or reflecting the fields shows their names only, since a value may be the key.
public struct HeaderFields: Sendable, Hashable {
    /// One header field.
    public struct Field: Sendable, Hashable {
        /// The field's name as it was written.
        public var name: String
        /// The field's value.
        public var value: String
    }

    /// The fields in order, including those with repeated names.
    public private(set) var fields: [Field] = []

    /// Creates an empty list.
    public init() {}

    /// The value of the first field with a name.
    ///
    /// Setting a value removes all fields with that name and appends one at the end. Setting `nil` removes them.
    public subscript(name: String) -> String? {
        get { fields.first { $0.hasName(name) }?.value }
        set {
            fields.removeAll { $0.hasName(name) }
            if let newValue { append(name: name, value: newValue) }
        }
    }

    /// Returns the values of all fields with a name, in order.
    package func values(of name: String) -> [String] { fields.filter { $0.hasName(name) }.map(\.value) }

    /// Appends a field. Fields with the same name are kept.
    ///
    /// - Parameters:
    ///   - name: The name as it is sent.
    ///   - value: The value as it is sent.
    public mutating func append(name: String, value: String) {
        fields.append(Field(name: name, value: value))
    }

    /// Reserves capacity for a number of fields.
    package mutating func reserveCapacity(_ count: Int) { fields.reserveCapacity(count) }

    /// Returns the index of the first field with a name, or `nil` if there is none.
    func index(of name: String) -> Int? { fields.firstIndex { $0.hasName(name) } }

    /// Replaces the value of the field at an index of ``fields``.
    mutating func setValue(_ value: String, at index: Int) { fields[index].value = value }

    /// Returns the fields with one function applied to each name, and another one to each value.
    func mapped(name: (String) -> String, value: (String) -> String) -> Self {
        var result = self
        for index in result.fields.indices {
            result.fields[index].name = name(result.fields[index].name)
            result.fields[index].value = value(result.fields[index].value)
        }
        return result
    }
}

extension HeaderFields.Field {
    fileprivate func hasName(_ other: String) -> Bool {
        guard name.utf8.count == other.utf8.count else { return false }
        for (one, another) in zip(name.utf8, other.utf8) where one != another {
            // A name outside ASCII can't be sent, but must still be equal to itself.
            if (one | another) & 0x80 != 0 { return name.lowercased() == other.lowercased() }
            guard ASCII.lowercased(one) == ASCII.lowercased(another) else { return false }
        }
        return true
    }
}

extension HeaderFields: ExpressibleByDictionaryLiteral {
    /// Creates a list of fields from names and values, in order. A name may occur more than once.
    public init(dictionaryLiteral fields: (String, String)...) {
        for (name, value) in fields { append(name: name, value: value) }
    }
}

extension HeaderFields: CustomStringConvertible, CustomReflectable {
    /// The names of the fields in brackets, without their values.
    public var description: String { "[\(fields.map(\.description).joined(separator: ", "))]" }

    /// A mirror of the names, without the values.
    public var customMirror: Mirror { Mirror(self, unlabeledChildren: fields.map(\.name), displayStyle: .collection) }
}

extension HeaderFields.Field: CustomStringConvertible, CustomReflectable {
    /// The name of the field, without its value.
    public var description: String { name }

    /// A mirror of the name, without the value.
    public var customMirror: Mirror { Mirror(self, children: ["name": name], displayStyle: .struct) }
}
