import FetchCore
import Testing

/// A test input for the JSON parser and its expected value.
struct JSONCase: Sendable {
    let name: String
    let bytes: [UInt8]
    /// The expected value; nil if the parser must refuse the input.
    let value: JSONValue?

    /// Creates a case with an input that the parser must accept.
    init(_ name: String, _ json: String, is value: JSONValue) {
        self.init(name, Array(json.utf8), value)
    }

    /// Creates a case with an input that the parser must refuse.
    init(_ name: String, _ json: String) {
        self.init(name, Array(json.utf8), nil)
    }

    /// Creates a case with bytes that are not valid UTF-8 between two strings.
    ///
    /// - Parameters:
    ///   - name: The name of the case.
    ///   - prefix: The input before the bytes.
    ///   - bytes: The bytes that are not valid UTF-8.
    ///   - suffix: The input after the bytes.
    ///   - value: The expected value; nil if the parser must refuse the input.
    init(_ name: String, _ prefix: String, _ bytes: [UInt8], _ suffix: String, is value: JSONValue? = nil) {
        self.init(name, Array(prefix.utf8) + bytes + Array(suffix.utf8), value)
    }

    private init(_ name: String, _ bytes: [UInt8], _ value: JSONValue?) {
        (self.name, self.bytes, self.value) = (name, bytes, value)
    }
}

extension JSONCase: CustomTestStringConvertible {
    var testDescription: String { name }
}
