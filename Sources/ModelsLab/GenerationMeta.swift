public import FetchCore

/// A type that represents the `meta` field of a ``Generation``.
///
/// `[String: JSONValue]` keeps all fields unchanged. A family with documented metadata declares a struct that conforms
/// to this protocol.
public protocol GenerationMeta: Sendable, Hashable {
    /// Creates the metadata from the members of the `meta` object.
    ///
    /// The initializer can't fail: a result must not be lost because of its metadata. Set a property to `nil` if its
    /// field is missing or has an unexpected type.
    ///
    /// - Parameter fields: The members by name.
    init(metaFields fields: [String: JSONValue])
}

extension [String: JSONValue]: GenerationMeta {
    /// Creates a dictionary of all fields, unchanged.
    public init(metaFields fields: [String: JSONValue]) {
        self = fields
    }
}
