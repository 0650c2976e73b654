import FetchCore

/// A response as it goes over the wire.
struct LoopbackResponse {
    private var fields: [String]
    private var bodyBytes: Int?
    let body: [UInt8]
    let keepsConnection: Bool

    /// A service's response. Its own `Content-Length` and `Transfer-Encoding` are replaced by what is true.
    init(_ response: FetchResponse, to incoming: LoopbackRequestReader.Incoming) {
        guard response.canBeSent else {
            self.init(status: 500, text: "The service's response has a status or a header field that can't be sent.\n")
            return
        }
        let keepsConnection = incoming.keepsConnection && response.headers["Connection"]?.lowercased() != "close"
        var fields = ["HTTP/1.1 \(response.status) "]
        for field in response.headers.fields where !Self.ownFields.contains(field.name.lowercased()) {
            fields.append("\(field.name): \(field.value)")
        }
        let isWithoutBody = response.status < 200 || response.status == 204 || response.status == 304
        let sendsBody = !isWithoutBody && incoming.request.method != RequestMethod("HEAD")
        self.init(
            fields: fields,
            bodyBytes: isWithoutBody ? nil : response.body.count,
            body: sendsBody ? Array(response.body) : [],
            keepsConnection: keepsConnection
        )
    }

    /// The answer to what isn't a request, or too large a one.
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

    /// Has the head tell another length of the body, or none.
    mutating func announce(_ bodyBytes: Int?) { self.bodyBytes = bodyBytes }

    /// Status line and header fields, the empty line included.
    var head: [UInt8] {
        var lines = fields
        if let bodyBytes { lines.append("Content-Length: \(bodyBytes)") }
        if !keepsConnection { lines.append("Connection: close") }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }

    var bytes: [UInt8] { head + body }

    private static let ownFields: Set = ["content-length", "transfer-encoding", "connection"]
}

extension FetchResponse {
    fileprivate var canBeSent: Bool {
        (200...999).contains(status)
            && headers.fields.allSatisfy { field in
                field.name.utf8.allSatisfy(\.isTokenCharacter) && !field.name.isEmpty
                    && field.value.utf8.allSatisfy { $0 != 0 && $0 != 10 && $0 != 13 }
            }
    }
}
