import FetchCore

/// An answer as it goes over the wire.
struct LoopbackResponse {
    let bytes: [UInt8]
    let keepsConnection: Bool

    /// A service's response. Its own `Content-Length` and `Transfer-Encoding` are replaced by what is true.
    init(_ response: FetchResponse, to incoming: LoopbackRequestReader.Incoming) {
        guard response.canBeSent else {
            self.init(status: 500, text: "The service's response has a status or a header field that can't be sent.\n")
            return
        }
        let keepsConnection = incoming.keepsConnection && response.headers["Connection"]?.lowercased() != "close"
        var head = "HTTP/1.1 \(response.status) \r\n"
        for field in response.headers.fields where !Self.ownFields.contains(field.name.lowercased()) {
            head += "\(field.name): \(field.value)\r\n"
        }
        let isWithoutBody = response.status < 200 || response.status == 204 || response.status == 304
        if !isWithoutBody { head += "Content-Length: \(response.body.count)\r\n" }
        if !keepsConnection { head += "Connection: close\r\n" }
        let sendsBody = !isWithoutBody && incoming.request.method != HTTPMethod("HEAD")
        let body = sendsBody ? Array(response.body) : []
        self.init(bytes: Array("\(head)\r\n".utf8) + body, keepsConnection: keepsConnection)
    }

    /// The answer to what isn't a request, or too large a one.
    init(refusing refusal: LoopbackRequestReader.Refusal) {
        self.init(status: refusal.status, text: "\(refusal.reason)\n")
    }

    private init(status: Int, text: String) {
        let head = [
            "HTTP/1.1 \(status) ",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Length: \(text.utf8.count)",
            "Connection: close",
        ]
        let message = head.joined(separator: "\r\n") + "\r\n\r\n" + text
        self.init(bytes: Array(message.utf8), keepsConnection: false)
    }

    private init(bytes: [UInt8], keepsConnection: Bool) {
        self.bytes = bytes
        self.keepsConnection = keepsConnection
    }

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
