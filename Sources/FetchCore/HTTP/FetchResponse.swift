#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// An HTTP response with its complete body.
///
/// The client redacts the key in a response before it passes the response to an endpoint, since a server may echo the
/// key.
public struct FetchResponse: Sendable, Hashable {
    /// The HTTP status, such as 200.
    public var status: Int
    /// The header fields in the order in which they were received.
    public var headers: HeaderFields
    /// The body after decompression. Empty if the response has none.
    public var body: Data
    /// The URL that was polled, without a key in its query. Relative links in the response refer to it. Set by the
    /// client, or by an application that creates the response.
    public var url: URL?
    /// The date at which the response was received, by ``FetchClient/Environment``'s wall clock. Set by the client, or
    /// by an application that creates the response.
    public var receivedAt: Date?

    /// Creates a response, as a transport, a test, or an application that has received it with a client of its own.
    ///
    /// - Parameters:
    ///   - status: The HTTP status, such as 200.
    ///   - headers: The header fields. Defaults to none.
    ///   - body: The decompressed body. Defaults to an empty one.
    ///   - url: The URL of the request. Defaults to `nil`, as in a transport.
    ///   - date: The date at which the response was received. Defaults to `nil`, as in a transport.
    public init(
        status: Int,
        headers: HeaderFields = [:],
        body: Data = Data(),
        url: URL? = nil,
        receivedAt date: Date? = nil
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.url = url
        receivedAt = date
    }

    /// True if the status is 2xx.
    var isSuccess: Bool { (200..<300).contains(status) }
}

extension FetchResponse: CustomStringConvertible {
    /// The HTTP status and the size of the body in bytes, but none of its content.
    public var description: String { "HTTP \(status), \(body.count) bytes" }
}
