/// A JSON encoder for ``JSONValue``. It sorts members by name, and escapes only the characters that JSON requires to be
/// escaped.
struct JSONWriter {
    /// The error for a number that JSON can't represent: NaN or infinity.
    struct NotFinite: Error {}

    private(set) var text = ""

    /// Writes an object with these members.
    mutating func write(_ members: [String: JSONValue]) throws(NotFinite) {
        text += "{"
        var isFirst = true
        for name in members.keys.sorted() {
            if !isFirst { text += "," }
            isFirst = false
            write(name)
            text += ":"
            try write(members[name] ?? .null)
        }
        text += "}"
    }

    /// Writes an object with one member, which is a string.
    mutating func write(_ name: String, _ string: String) {
        text.reserveCapacity(name.utf8.count + string.utf8.count + 8)
        text += "{"
        write(name)
        text += ":"
        write(string)
        text += "}"
    }

    /// Writes a string with its quotation marks.
    mutating func write(_ string: String) {
        text += "\""
        if string.utf8.allSatisfy(Self.isPlain) {
            text += string
        } else {
            for scalar in string.unicodeScalars { write(scalar) }
        }
        text += "\""
    }

    private mutating func write(_ value: JSONValue) throws(NotFinite) {
        switch value {
        case .null: text += "null"
        case .bool(let isTrue): text += isTrue ? "true" : "false"
        case .integer(let number): text += number.description
        case .number(let number):
            guard number.isFinite else { throw NotFinite() }
            let digits = number.description
            text += digits.hasSuffix(".0") ? String(digits.dropLast(2)) : digits
        case .string(let string): write(string)
        case .array(let elements):
            text += "["
            for (index, element) in elements.enumerated() {
                if index > 0 { text += "," }
                try write(element)
            }
            text += "]"
        case .object(let members): try write(members)
        }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    private mutating func write(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "\"": text += "\\\""
        case "\\": text += "\\\\"
        case "\u{8}": text += "\\b"
        case "\u{C}": text += "\\f"
        case "\n": text += "\\n"
        case "\r": text += "\\r"
        case "\t": text += "\\t"
        case "\u{10}"..<"\u{20}": text += "\\u00" + String(scalar.value, radix: 16)
        case ..<"\u{10}": text += "\\u000" + String(scalar.value, radix: 16)
        default: text.unicodeScalars.append(scalar)
        }
    }
}
