/// HTTP/1 responses in their wire form.
package enum HTTP1 {
    /// Returns a complete response.
    ///
    /// - Parameters:
    ///   - body: The JSON body. Defaults to a pending job.
    ///   - status: The status code and reason phrase.
    ///   - fields: Header fields besides `Content-Type` and `Content-Length`.
    /// - Returns: The response's head and body.
    package static func response(
        _ body: String = #"{"status":"processing"}"#,
        status: String = "200 OK",
        fields: [String] = []
    ) -> String {
        head(status: status, fields: fields + ["Content-Length: \(body.utf8.count)"]) + body
    }

    /// Returns a head, including the empty line at its end.
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
