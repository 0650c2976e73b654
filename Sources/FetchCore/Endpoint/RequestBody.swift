#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The body of a request, without the key.
public enum RequestBody: Sendable, Hashable {
    /// A JSON object with these members, sent as `application/json`. The client adds the key for
    /// ``Authorization/jsonBody(_:)``.
    case json([String: JSONValue])
    /// Bytes of another media type, sent unchanged. They can't be combined with ``Authorization/jsonBody(_:)``.
    case data(Data, mediaType: String)
}
