/// The name under which an endpoint is registered, such as `example.video`.
///
/// A name is one or more words of `a-z` and `0-9`, joined by single `.`, `-` or `_`, and has at most 128 characters.
/// A literal isn't checked when it is written; a malformed name is refused when the endpoint is registered or asked.
public struct EndpointName: Sendable, Hashable {
    /// The name as text.
    public let text: String

    /// Creates a name from text that may come from anywhere.
    ///
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/malformedName``.
    public init(_ text: String) throws(FetchError) {
        self.text = text
        try validate()
    }

    /// Throws when the name isn't well formed.
    package func validate() throws(FetchError) {
        guard NameGrammar.accepts(text) else {
            throw .malformedName(text, of: "an endpoint", example: "example.video")
        }
    }
}

extension EndpointName: ExpressibleByStringLiteral {
    /// Creates a name from a literal, which is checked when the endpoint is registered or asked.
    public init(stringLiteral text: String) {
        self.text = text
    }
}

extension EndpointName: CustomStringConvertible {
    /// The name as text.
    public var description: String { text }
}

extension EndpointName: Comparable {
    /// Orders names as text.
    public static func < (one: Self, other: Self) -> Bool { one.text < other.text }
}
