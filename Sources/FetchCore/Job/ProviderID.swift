/// The identifier of a provider, such as `example`, or of one of several accounts with it, such as
/// `example.enterprise`.
///
/// All endpoints of a provider share a key and the request limits. An identifier has the same syntax as an
/// ``EndpointName``.
public struct ProviderID: Sendable, Hashable {
    /// The identifier as a string.
    public let rawValue: String

    /// Creates an identifier from a string that comes from outside, and validates it.
    ///
    /// - Parameter text: An identifier such as `example`.
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/malformedName`` if the identifier is malformed.
    public init(_ text: String) throws(FetchError) {
        rawValue = text
        try validate()
    }

    /// Throws ``FetchError`` with the code ``FetchError/Code/malformedName`` if the identifier is malformed.
    package func validate() throws(FetchError) {
        guard NameGrammar.accepts(rawValue) else {
            throw .malformedName(rawValue, of: "a provider", example: "example")
        }
    }
}

extension ProviderID: RawRepresentable {
    /// Creates an identifier from a string, or `nil` if the string is malformed.
    public init?(rawValue: String) {
        guard NameGrammar.accepts(rawValue) else { return nil }
        self.rawValue = rawValue
    }
}

extension ProviderID: ExpressibleByStringLiteral {
    /// Creates an identifier from a literal, which is validated when an endpoint of the provider is registered or
    /// polled.
    public init(stringLiteral text: String) {
        rawValue = text
    }
}

extension ProviderID: CustomStringConvertible {
    /// The identifier as a string, the same as ``rawValue``.
    public var description: String { rawValue }
}

extension ProviderID: Comparable {
    /// Compares two identifiers as strings.
    public static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }
}
