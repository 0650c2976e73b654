/// The identifier of an account with providers, such as a tenant's: `tenant-7`.
///
/// Any string that isn't empty is an identifier. Two identifiers are equal if their UTF-8 bytes are. An identifier is
/// part of events, outcomes and snapshots, so it must not be a key.
public struct AccountID: Sendable {
    /// The identifier as a string.
    public let rawValue: String

    /// Creates an identifier from a string.
    ///
    /// - Parameter text: A string of the application's own, such as the number of a tenant.
    public init(_ text: String) { rawValue = text }
}

extension AccountID: Hashable {
    /// Compares the bytes. Two strings that look the same may belong to two tenants.
    public static func == (one: Self, other: Self) -> Bool { one.rawValue.utf8.elementsEqual(other.rawValue.utf8) }

    /// Hashes the bytes.
    public func hash(into hasher: inout Hasher) {
        var text = rawValue
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}

extension AccountID: ExpressibleByStringLiteral {
    /// Creates an identifier from a literal.
    public init(stringLiteral text: String) { rawValue = text }
}

extension AccountID: CustomStringConvertible {
    /// The identifier as a string, the same as ``rawValue``.
    public var description: String { rawValue }
}

extension AccountID: Codable {
    /// Decodes an identifier from a single string.
    public init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(String.self)
    }

    /// Encodes the identifier as a single string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}
