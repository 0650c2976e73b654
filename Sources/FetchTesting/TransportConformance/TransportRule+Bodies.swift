import FetchCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

// Rules about the header fields and bodies of responses.
extension TransportRule {
    /// Header fields of responses are returned with unchanged values.
    public static let responseFields = Self(
        "responseFields",
        "Each header field of a response is returned with its value. Names are matched case-insensitively."
    ) { trial in
        let fields: HeaderFields = [
            "Content-Type": "application/json; charset=utf-8", "retry-after": "17", "X-Punctuation": #"a,b;c="d e"  f"#,
            "X-Long": String(repeating: "x", count: 8_000),
        ]
        let received = try await trial.received(.json("{}", headers: fields))
        for field in fields.fields {
            let value = received?.headers[field.name.uppercased()]
            trial.expect(value == field.value, "\(field.name): \(field.value)", observed: value ?? "no such field")
        }
    }

    /// Repeated header fields of responses are returned separately.
    public static let repeatedResponseFields = Self(
        "repeatedResponseFields",
        "Header fields with the same name are returned as separate fields, in their order."
    ) { trial in
        let fields: HeaderFields = ["X-Tag": "one, two", "X-Other": "1", "x-tag": "three"]
        let values = try await trial.received(.json("{}", headers: fields))?.headers.values(of: "X-Tag") ?? []
        trial.expect(values == ["one, two", "three"], "the fields “one, two” and three", observed: "\(values)")
    }

    /// Header fields of responses are returned in their order.
    public static let responseFieldOrder = Self(
        "responseFieldOrder",
        "Header fields are returned in the order in which they were received. Exclude this rule if the HTTP library "
            + "loses the order."
    ) { trial in
        let fields: HeaderFields = ["X-C": "1", "X-A": "2", "X-D": "3", "X-B": "4"]
        let received = try await trial.received(.json("{}", headers: fields))?.headers.fields ?? []
        let values = received.filter { $0.name.lowercased().hasPrefix("x-") }.map(\.value)
        trial.expect(values == ["1", "2", "3", "4"], "the values 1, 2, 3, 4", observed: "\(values)")
    }

    /// Bodies of responses are returned byte for byte, with any framing.
    public static let responseBody = Self(
        "responseBody",
        "A body is returned unchanged, whatever its bytes, size, media type and framing: Content-Length, chunks, or "
            + "the end of "
            + "the connection."
    ) { trial in
        let bodies = [Data(), Data("x".utf8), Data(UInt8.min...UInt8.max), Data(repeating: 7, count: 1 << 20)]
        for (index, body) in bodies.enumerated() {
            for (framing, response) in TransportTrial.framings(of: body) {
                let received = try await trial.received(response)
                trial.expect(
                    received?.status == 200 && received?.body == body,
                    "the \(body.count) bytes of body \(index), sent with \(framing)",
                    observed: received?.description ?? "no response"
                )
            }
        }
        for mediaType in ["text/html; charset=utf-16", "image/png", ";;=/"] {
            let sent = FetchResponse(status: 200, headers: ["Content-Type": mediaType], body: Data([0xFF, 0, 0xFE]))
            let received = try await trial.received(.response(sent))
            trial.expect(
                received?.body == sent.body,
                "the body as \(mediaType)",
                observed: received?.description ?? "no response"
            )
        }
    }

    /// A response with a trailer is returned.
    public static let trailers = Self(
        "trailers",
        "A response with a trailer after its chunks is returned. The transport may drop the trailer."
    ) { trial in
        let bytes =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nX-Trailer: 1\r\nX-Other: 2\r\n\r\n"
        let received = try await trial.received(.text(bytes))
        trial.expect(received?.body == Data("{}".utf8), "the body {}", observed: received?.description ?? "no response")
    }

    /// A compressed body is returned decompressed.
    public static let compression = Self(
        "compression",
        "A transport that sends Accept-Encoding: gzip returns the body decompressed. Compression is optional."
    ) { trial in
        let body = Data(#"{"status":"processing","text":"\#(String(repeating: "x", count: 10_000))"}"#.utf8)
        let server = try LoopbackServer { request in
            let response = LoopbackResponse.response(FetchResponse(status: 200, body: body))
            return request.headers.acceptsGzip ? .fault(.gzip, in: response) : response
        }
        defer { server.stop() }
        for method in [RequestMethod.get, .post] {
            let received = await trial.response(to: trial.request(server, method: method), "with an accepted encoding")
            trial.expect(
                received?.body == body,
                "the \(body.count) bytes of the decompressed body",
                observed: received?.description ?? "no response"
            )
        }
    }
}

extension TransportTrial {
    /// Returns the same body in each framing of HTTP/1.1.
    static func framings(of body: Data) -> [(String, LoopbackResponse)] {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n"
        var chunks = Data()
        var remaining = body
        while !remaining.isEmpty {
            let chunk = remaining.prefix(50_000)
            chunks += Data("\(String(chunk.count, radix: 16));name=value\r\n".utf8) + chunk + Data("\r\n".utf8)
            remaining = remaining.dropFirst(chunk.count)
        }
        chunks += Data("0\r\n\r\n".utf8)
        return [
            ("Content-Length", .response(FetchResponse(status: 200, body: body))),
            ("chunks", .bytes(Data("\(head)Transfer-Encoding: chunked\r\n\r\n".utf8) + chunks)),
            ("the end of the connection", .bytes(Data("\(head)\r\n".utf8) + body)),
        ]
    }
}

extension HeaderFields {
    /// True if the request accepts gzip.
    var acceptsGzip: Bool { values(of: "Accept-Encoding").contains { $0.lowercased().contains("gzip") } }
}
