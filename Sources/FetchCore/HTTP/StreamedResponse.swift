/// The head of an HTTP response, with a body that is received while it is read.
///
/// Keep the response or its body until the body is read: releasing them closes the connection.
public struct StreamedResponse: Sendable {
    /// The number of bytes of a body that may be received ahead of its reader: 1 MiB.
    ///
    /// The buffers of the operating system and of the HTTP library are added to it.
    public static let maximumUnreadBytes = 1 << 20

    /// The HTTP status, such as 200.
    public var status: Int
    /// The header fields in the order in which they were received.
    public var headers: HeaderFields
    /// The body, which can be read once.
    public var body: Body

    /// Creates a response, as a transport or a test.
    ///
    /// - Parameters:
    ///   - status: The HTTP status, such as 200.
    ///   - headers: The header fields. Defaults to none.
    ///   - body: The body. Defaults to an empty one.
    public init(status: Int, headers: HeaderFields = [:], body: Body = Body()) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

extension StreamedResponse: CustomStringConvertible, CustomReflectable {
    /// The HTTP status, but no header field and nothing of the body.
    public var description: String { "HTTP \(status), streamed" }

    /// A mirror of the status and the names of the header fields.
    public var customMirror: Mirror {
        Mirror(self, children: ["status": status, "headerNames": headers.fields.map(\.name)], displayStyle: .struct)
    }
}
