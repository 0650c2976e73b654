#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif
public import FetchCore

/// A message that has arrived, as the server has received it. Nothing in it is trusted.
///
/// Printing, dumping or reflecting a request shows neither its path nor its header values nor its body.
public struct WebhookRequest: Sendable {
    /// The path of the request without its query, as it was received. It may contain a secret.
    public var path: String
    /// All header fields, repeated ones included.
    public var headers: HeaderFields
    /// The bytes of the body as they were received. A body that was decoded and encoded again has another signature.
    public var body: Data

    /// Creates a request.
    ///
    /// - Parameters:
    ///   - path: The path without its query, as it was received.
    ///   - headers: All header fields, repeated ones included.
    ///   - body: The bytes of the body as they were received.
    public init(path: String = "/", headers: HeaderFields, body: Data) {
        self.path = path
        self.headers = headers
        self.body = body
    }
}

extension WebhookRequest {
    /// The greatest length of a header value that is read, in bytes.
    public static let maximumHeaderLength = 4_096

    /// Returns the value of a header field that a signature depends on.
    ///
    /// - Parameter name: The name in any case.
    /// - Returns: The value, which isn't empty.
    /// - Throws: ``WebhookError`` if the field is missing, occurs twice or is too long. Of two fields, a proxy and the
    ///   receiver may read different ones.
    public func header(_ name: String) throws(WebhookError) -> String {
        let name = name.lowercased()
        let values = headers.fields.filter { $0.name.lowercased() == name }.map(\.value)
        guard let value = values.first, !value.isEmpty else {
            throw WebhookError(.missingHeader, "the header field \(name) is missing")
        }
        guard values.count == 1 else {
            throw WebhookError(.malformedHeader, "the header field \(name) occurs \(values.count) times")
        }
        guard value.utf8.count <= Self.maximumHeaderLength else {
            throw WebhookError(.malformedHeader, "the header field \(name) has \(value.utf8.count) bytes")
        }
        return value
    }
}

extension WebhookRequest: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The size of the body, and nothing else.
    public var description: String { "WebhookRequest(\(body.count) bytes)" }

    /// The same as ``description``.
    public var debugDescription: String { description }

    /// A mirror of the size of the body.
    public var customMirror: Mirror { Mirror(self, children: ["bodyBytes": body.count], displayStyle: .struct) }
}
