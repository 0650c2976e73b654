#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// What a server answered: status, headers and bytes.
///
/// Before an endpoint sees a response, the client has blotted the key out of it, should the server have echoed it.
public struct FetchResponse: Sendable, Hashable {
    /// The HTTP status, such as 200.
    public var status: Int
    /// The header fields.
    public var headers: HeaderFields
    /// The body, empty where there was none.
    public var body: Data

    /// Creates a response.
    public init(status: Int, headers: HeaderFields = [:], body: Data = Data()) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

extension FetchResponse: CustomStringConvertible {
    /// The status and the size of the body.
    public var description: String { "HTTP \(status), \(body.count) bytes" }
}
