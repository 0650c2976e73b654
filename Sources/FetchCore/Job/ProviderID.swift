/// The account that an endpoint's key belongs to, such as `example` or `example.enterprise`.
///
/// Endpoints of one provider share a key. Written like an ``EndpointName``.
public struct ProviderID: Sendable, Hashable {
    /// The identifier as text.
    public let text: String

    /// Creates an identifier from text that may come from anywhere.
    ///
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/malformedName``.
    public init(_ text: String) throws(FetchError) {
        self.text = text
        try validate()
    }

    /// Throws when the identifier isn't well formed.
    package func validate() throws(FetchError) {
        guard NameGrammar.accepts(text) else {
            throw .malformedName(text, of: "a provider", example: "example")
        }
    }
}

extension ProviderID: ExpressibleByStringLiteral {
    /// Creates an identifier from a literal, which is checked when an endpoint of it is registered or asked.
    public init(stringLiteral text: String) {
        self.text = text
    }
}

extension ProviderID: CustomStringConvertible {
    /// The identifier as text.
    public var description: String { text }
}

extension ProviderID: Comparable {
    /// Orders identifiers as text.
    public static func < (one: Self, other: Self) -> Bool { one.text < other.text }
}
