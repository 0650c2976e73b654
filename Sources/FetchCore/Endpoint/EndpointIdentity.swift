/// A value that tells whether two endpoints are the same, so that waits for one job share its requests.
public struct EndpointIdentity: Sendable, Hashable {
    private let value: any Hashable & Sendable

    /// Creates an identity. Identities of equal values of one type are equal.
    public init(_ value: some Hashable & Sendable) { self.value = value }

    /// Returns true if both values are of one type and equal.
    public static func == (one: Self, other: Self) -> Bool { isEqual(one.value, other.value) }

    private static func isEqual<Value: Hashable>(_ one: Value, _ other: any Hashable) -> Bool {
        // A pattern, since `as?` looks up the metadata of an optional of a generic type each time.
        guard case let other as Value = other else { return false }
        return one == other
    }

    /// Hashes the value and its type.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(ObjectIdentifier(type(of: value)))
        value.hash(into: &hasher)
    }
}

extension EndpointIdentity: CustomStringConvertible {
    /// The type of the value.
    public var description: String { "\(type(of: value))" }
}
