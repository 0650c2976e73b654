import FetchCore

/// A response in its HTTP/1.1 encoding.
struct EncodedResponse {
    private var fields: [String]
    private var bodyBytes: Int?
    let body: [UInt8]
    let keepsConnection: Bool

    /// Creates the encoding of a service's response. Replaces `Content-Length` and `Transfer-Encoding` by the actual
    /// values.
    init(_ response: FetchResponse, to incoming: LoopbackRequestReader.Incoming) {
        guard response.isValid else {
            self.init(status: 500, text: "The service's response has an invalid status or header field.\n")
            return
        }
        let keepsConnection = incoming.keepsConnection && response.headers["Connection"]?.lowercased() != "close"
        var fields = ["HTTP/1.1 \(response.status) "]
        for field in response.headers.fields where !Self.replacedFields.contains(field.name.lowercased()) {
            fields.append("\(field.name): \(field.value)")
        }
        let hasNoBody = response.status < 200 || response.status == 204 || response.status == 304
        let sendsBody = !hasNoBody && incoming.request.method != RequestMethod("HEAD")
        self.init(
            fields: fields,
            bodyBytes: hasNoBody ? nil : response.body.count,
            body: sendsBody ? Array(response.body) : [],
            keepsConnection: keepsConnection
        )
    }

    /// Creates the response to a malformed or oversized request.
    init(refusing refusal: LoopbackRequestReader.Refusal) {
        self.init(status: refusal.status, text: "\(refusal.reason)\n")
    }

    private init(status: Int, text: String) {
        self.init(
            fields: ["HTTP/1.1 \(status) ", "Content-Type: text/plain; charset=utf-8"],
            bodyBytes: text.utf8.count,
            body: Array(text.utf8),
            keepsConnection: false
        )
    }

    private init(fields: [String], bodyBytes: Int?, body: [UInt8], keepsConnection: Bool) {
        self.fields = fields
        self.bodyBytes = bodyBytes
        self.body = body
        self.keepsConnection = keepsConnection
    }

    /// Sets the `Content-Length` to another value. `nil` removes the field.
    mutating func announce(_ bodyBytes: Int?) { self.bodyBytes = bodyBytes }

    /// The status line and the header fields, including the empty line.
    var head: [UInt8] {
        var lines = fields
        if let bodyBytes { lines.append("Content-Length: \(bodyBytes)") }
        if !keepsConnection { lines.append("Connection: close") }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }

    var bytes: [UInt8] { head + body }

    private static let replacedFields: Set = ["content-length", "transfer-encoding", "connection"]
}

extension FetchResponse {
    fileprivate var isValid: Bool {
        (200...999).contains(status)
            && headers.fields.allSatisfy { field in
                HeaderSyntax.isToken(field.name) && !HeaderSyntax.endsField(field.value)
            }
    }
}
