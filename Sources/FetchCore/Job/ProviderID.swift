/// The identifier of a provider, such as `example`, or of one of several accounts with it, such as
/// `example.enterprise`.
///
/// All endpoints of a provider share a key and the request limits. An identifier has the same syntax as an
/// ``EndpointName``.
public struct ProviderID: Sendable, Hashable {
    /// The identifier as a string.
    public let text: String

    /// Creates an identifier from a string that comes from outside, and validates it.
    ///
    /// - Parameter text: An identifier such as `example`.
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/malformedName`` if the identifier is malformed.
    public init(_ text: String) throws(FetchError) {
        self.text = text
        try validate()
    }

    /// Throws ``FetchError`` with the code ``FetchError/Code/malformedName`` if the identifier is malformed.
    package func validate() throws(FetchError) {
        guard NameGrammar.accepts(text) else {
            throw .malformedName(text, of: "a provider", example: "example")
        }
    }
}

extension ProviderID: ExpressibleByStringLiteral {
    /// Creates an identifier from a literal, which is validated when an endpoint of the provider is registered or
    /// polled.
    public init(stringLiteral text: String) {
        self.text = text
    }
}

extension ProviderID: CustomStringConvertible {
    /// The identifier as a string, the same as ``text``.
    public var description: String { text }
}

extension ProviderID: Comparable {
    /// Compares two identifiers as strings.
    public static func < (one: Self, other: Self) -> Bool { one.text < other.text }
}
