/// Responses of HTTP/1 as they are sent.
package enum HTTP1 {
    /// A complete response.
    ///
    /// - Parameters:
    ///   - body: The body, which is JSON.
    ///   - status: The status and its phrase.
    ///   - fields: Further header fields.
    package static func response(
        _ body: String = #"{"status":"processing"}"#,
        status: String = "200 OK",
        fields: [String] = []
    ) -> String {
        head(status: status, fields: fields + ["Content-Length: \(body.utf8.count)"]) + body
    }

    /// A head with the empty line at its end.
    package static func head(status: String = "200 OK", fields: [String] = []) -> String {
        (["HTTP/1.1 \(status)", "Content-Type: application/json"] + fields + ["", ""]).joined(separator: "\r\n")
    }
}

extension PeerStream {
    /// Sends a complete response to each request until the connection ends.
    package func serveHTTP1(_ response: String = HTTP1.response()) {
        while receiveRequest() != nil, send(response) {}
    }
}
