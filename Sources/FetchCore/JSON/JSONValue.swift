/// Any JSON value, for parts of a response whose shape isn't known in advance.
///
/// Integers that fit into 64 bits are exact: they are never converted to a `Double`, which would change large ids.
public enum JSONValue: Sendable, Hashable {
    /// The value `null`.
    case null
    /// The value `true` or `false`.
    case bool(Bool)
    /// A whole number that fits into 64 bits.
    case integer(Int64)
    /// Any other number.
    case number(Double)
    /// A string.
    case string(String)
    /// An array of values.
    case array([JSONValue])
    /// An object: values by member name.
    case object([String: JSONValue])
}

extension JSONValue {
    /// The value of a member, by its name or by a path such as `data.items[0].url`.
    ///
    /// A path consists of member names joined by dots, of indices in brackets, and of quoted member names in brackets
    /// for names that contain a dot or a bracket: `files['a.b']`. A member whose whole name equals the string takes
    /// precedence over the path.
    ///
    /// `nil` if there is no such value, if the value is `null`, or if the string isn't a path.
    public subscript(path: String) -> JSONValue? {
        if case .object(let members) = self, let value = members[path] { return value.unlessNull }
        let isName = path.utf8.allSatisfy { $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "[") }
        guard !isName, let path = try? JSONPath(path) else { return nil }
        return value(at: path)?.unlessNull
    }

    /// The value, or `nil` if it is `null`.
    package var unlessNull: JSONValue? {
        // In a conditional expression, `nil` would be the literal for `null`.
        if case .null = self { return .none }
        return self
    }

    /// The text of a string or number: an error code may be either. `nil` for other values and for an empty string.
    ///
    /// An integer has its exact digits. Any other number has those of a `Double`.
    public var text: String? {
        switch self {
        case .string(let text): text.isEmpty ? nil : text
        case .integer(let number): String(number)
        case .number(let number): String(number)
        case .null, .bool, .array, .object: nil
        }
    }

    /// The members of an object. `nil` for other values.
    public var object: [String: JSONValue]? {
        if case .object(let members) = self { members } else { nil }
    }

    /// The elements of an array. `nil` for other values.
    public var array: [JSONValue]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// The string. `nil` for other values.
    public var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The Boolean. `nil` for other values.
    public var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The whole number, or the decimal integer in a string. `nil` for other values, and if the number exceeds 64 bits.
    public var integer: Int64? {
        switch self {
        case .integer(let number): number
        case .string(let text): Int64(text)
        default: nil
        }
    }

    /// The number, or the number in a string. `nil` for other values.
    public var number: Double? {
        switch self {
        case .integer(let number): Double(number)
        case .number(let number): number
        case .string(let text): Double(text)
        default: nil
        }
    }
}

extension JSONValue: Codable {
    /// Decodes any value.
    ///
    /// A number or string that Swift can't represent, such as `1e999`, becomes `null`, so that the rest of the response
    /// can be decoded. The decoder determines the maximum nesting depth;
    /// ``FetchResponse/json(_:decoder:memberNames:requiringSuccess:)`` limits it before decoding.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            self = .string(text)
        } else if container.decodeNil() {
            self = .null
        } else if let number = try? container.decode(Int64.self) {
            self = .integer(number)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let members = try? container.decode([String: JSONValue].self) {
            self = .object(members)
        } else if let elements = try? container.decode([JSONValue].self) {
            self = .array(elements)
        } else {
            // A number out of range, such as 1e999, or a string with an unpaired surrogate.
            self = .null
        }
    }

    /// Encodes the value. It throws an `EncodingError` if the encoder refuses a number that is infinite or NaN.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .integer(let number): try container.encode(number)
        case .number(let number): try container.encode(number)
        case .string(let text): try container.encode(text)
        case .array(let elements): try container.encode(elements)
        case .object(let members): try container.encode(members)
        }
    }
}
