public import FetchCore

/// What the metadata of a ``Generation`` are read into.
///
/// `[String: JSONValue]` keeps everything as it came. A family whose metadata are documented reads them into a struct.
public protocol GenerationMeta: Sendable, Hashable {
    /// Reads the metadata. What is missing or of another type than documented is left out: metadata must not cost a
    /// result.
    init(fields: [String: JSONValue])
}

extension [String: JSONValue]: GenerationMeta {
    /// Keeps all fields.
    public init(fields: [String: JSONValue]) {
        self = fields
    }
}
