/// The name under which an endpoint is registered, such as `example.video`.
///
/// A name consists of one or more words of `a-z` and `0-9`, joined by single `.`, `-` or `_`, and has at most 128
/// characters. A literal isn't validated when it is created: registering or polling an endpoint with a malformed name
/// throws.
public struct EndpointName: Sendable, Hashable {
    /// The name as a string.
    public let rawValue: String

    /// Creates a name from a string that comes from outside, and validates it.
    ///
    /// - Parameter text: A name such as `example.video`.
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/malformedName`` if the name is malformed.
    public init(_ text: String) throws(FetchError) {
        rawValue = text
        try validate()
    }

    /// Throws ``FetchError`` with the code ``FetchError/Code/malformedName`` if the name is malformed.
    package func validate() throws(FetchError) {
        guard NameGrammar.accepts(rawValue) else {
            throw .malformedName(rawValue, of: "an endpoint", example: "example.video")
        }
    }
}

extension EndpointName: RawRepresentable {
    /// Creates a name from a string, or `nil` if the string is malformed.
    public init?(rawValue: String) {
        guard NameGrammar.accepts(rawValue) else { return nil }
        self.rawValue = rawValue
    }
}

extension EndpointName: ExpressibleByStringLiteral {
    /// Creates a name from a literal, which is validated when the endpoint is registered or polled.
    public init(stringLiteral text: String) {
        rawValue = text
    }
}

extension EndpointName: CustomStringConvertible {
    /// The name as a string, the same as ``rawValue``.
    public var description: String { rawValue }
}

extension EndpointName: Comparable {
    /// Compares two names as strings.
    public static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }
}
