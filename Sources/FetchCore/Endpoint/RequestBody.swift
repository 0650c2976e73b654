#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// What a request's body holds besides the key.
public enum RequestBody: Sendable, Hashable {
    /// A JSON object, sent as `application/json`.
    case json([String: JSONValue])
    /// Bytes of another media type.
    case data(Data, mediaType: String)
}
