import FetchCore
import Testing

/// JSON, or what looks like it, and the value that it is read as.
struct JSONCase: Sendable {
    let name: String
    let bytes: [UInt8]
    /// The value, nil if the parser refuses it.
    let value: JSONValue?

    /// Creates a case that the parser reads.
    init(_ name: String, _ text: String, is value: JSONValue) {
        self.init(name, Array(text.utf8), value)
    }

    /// Creates a case that the parser refuses.
    init(_ name: String, _ text: String) {
        self.init(name, Array(text.utf8), nil)
    }

    /// Creates a case of bytes that aren't a Swift string, between two strings.
    ///
    /// - Parameter value: The value, nil if the parser refuses it.
    init(_ name: String, _ front: String, _ bytes: [UInt8], _ back: String, is value: JSONValue? = nil) {
        self.init(name, Array(front.utf8) + bytes + Array(back.utf8), value)
    }

    private init(_ name: String, _ bytes: [UInt8], _ value: JSONValue?) {
        (self.name, self.bytes, self.value) = (name, bytes, value)
    }
}

extension JSONCase: CustomTestStringConvertible {
    var testDescription: String { name }
}
