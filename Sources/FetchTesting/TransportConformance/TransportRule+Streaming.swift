import FetchCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension TransportRule {
    /// The rules for transports that conform to `StreamingTransport`, in the order in which they are checked.
    ///
    /// ``TransportConformance`` checks them after ``allCases`` if the transport conforms.
    public static var streamingCases: [Self] {
        [
            .streamedHead, .streamedBody, .emptyStream, .incompleteStream, .streamLimit, .identity, .backPressure,
            .streamTimeout, .streamCancellation, .streamRelease,
        ]
    }

    /// A streamed response is returned with its head, and each part of its body as it is received.
    public static let streamedHead = Self(
        "streamedHead",
        "stream returns as soon as the head is received, and next() as soon as a part of the body is received."
    ) { trial in
        let fields: HeaderFields = ["X-Tag": "1"]
        for (moment, count) in [(LoopbackMoment.afterHead, 0), (.inBody(after: 10), 10)] {
            let sent = FetchResponse(status: 206, headers: fields, body: Data(repeating: 7, count: 100))
            let server = try LoopbackServer(playing: LoopbackScript([.fault(.silence(moment), in: .response(sent))]))
            defer { server.stop() }
            let subject = "whose server is silent \(moment)"
            guard let response = await trial.streamed(trial.request(server, method: .get), subject) else { continue }
            trial.expect(
                response.status == 206 && response.headers["x-tag"] == "1",
                "the status 206 and the header fields",
                observed: "\(response)"
            )
            let first = await trial.result { () async throws -> Data in
                var received = Data()
                var chunks = response.body.makeAsyncIterator()
                while received.count < count, let chunk = try await chunks.next() { received += chunk }
                return received
            }
            let received = try? first?.get()
            trial.expect(
                received == sent.body.prefix(count),
                "\(count) bytes of the body",
                observed: "\(received?.count ?? 0) bytes"
            )
        }
    }

    /// A streamed body is returned byte for byte, with any framing.
    public static let streamedBody = Self(
        "streamedBody",
        "A streamed body is returned unchanged and in order, whatever its bytes, size and framing."
    ) { trial in
        let megabyte = Data((0..<(1 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) })
        for (index, body) in [Data(), Data("x".utf8), Data(UInt8.min...UInt8.max), megabyte].enumerated() {
            for (framing, response) in TransportTrial.framings(of: body) {
                let server = try LoopbackServer(playing: LoopbackScript([response]))
                defer { server.stop() }
                let subject = "to a body of \(body.count) bytes"
                guard let response = await trial.streamed(trial.request(server, method: .get), subject) else {
                    continue
                }
                let (bytes, end, _) = await trial.read(response.body)
                trial.expect(
                    bytes == body && end == nil,
                    "the \(body.count) bytes of body \(index), sent with \(framing)",
                    observed: "\(bytes.count) bytes and \(end ?? "the end")"
                )
            }
        }
    }

    /// A streamed response without a body has an empty one.
    public static let emptyStream = Self(
        "emptyStream",
        "The body of a streamed response to HEAD, or with the status 204 or 304, is empty. Any status is returned."
    ) { trial in
        for (method, status) in [("HEAD", 200), ("GET", 204), ("GET", 304), ("GET", 302), ("POST", 401), ("GET", 500)] {
            let response = FetchResponse(status: status, headers: ["Location": "/next", "ETag": "\"1\""])
            let server = try LoopbackServer(playing: LoopbackScript([.response(response)]))
            defer { server.stop() }
            let request = trial.request(server, method: RequestMethod(method), body: nil)
            guard let streamed = await trial.streamed(request, "to \(method)") else { continue }
            let (bytes, end, _) = await trial.read(streamed.body)
            trial.expect(
                streamed.status == status && bytes.isEmpty && end == nil,
                "the status \(status) and an empty body to \(method)",
                observed: "\(streamed), \(bytes.count) bytes and \(end ?? "the end")"
            )
        }
    }

    /// An incomplete streamed body is returned up to its end, followed by an error.
    public static let incompleteStream = Self(
        "incompleteStream",
        "next() returns all bytes of an incomplete body and then throws connectionFailed, which is retryable."
    ) { trial in
        let body = Data((0..<100_000).map { UInt8(truncatingIfNeeded: $0) })
        for count in [0, 1, 1_000, 65_536, 99_999] {
            let chunk = Data("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n186A0\r\n".utf8) + body.prefix(count)
            let responses: [(String, LoopbackResponse)] = [
                (
                    "Content-Length",
                    .fault(.close(.inBody(after: count)), in: .response(.init(status: 200, body: body)))
                ),
                ("chunks", .bytes(chunk)),
            ]
            for (framing, response) in responses {
                let server = try LoopbackServer(playing: LoopbackScript([response]))
                defer { server.stop() }
                guard let response = await trial.streamed(trial.request(server, method: .get), "to a cut body") else {
                    continue
                }
                let (bytes, end, error) = await trial.read(response.body)
                trial.expect(
                    bytes == body.prefix(count) && error?.code == .connectionFailed && error?.isRetryable == true,
                    "\(count) bytes and connectionFailed, with \(framing)",
                    observed: "\(bytes.count) bytes and \(end ?? "the end")"
                )
            }
        }
    }

    /// The limit applies to streamed bodies.
    public static let streamLimit = Self(
        "streamLimit",
        "If the Content-Length exceeds responseLimit, stream throws responseTooLarge. If the body exceeds it, next() throws "
            + "that error after at most that number of bytes. The connection is closed."
    ) { trial in
        let server = try LoopbackServer(playing: LoopbackScript([.json(String(repeating: "x", count: 1_001))]))
        defer { server.stop() }
        let result = await trial.stream(trial.request(server, method: .get, responseLimit: 1_000))
        if case .failure(let error as FetchError)? = result, error.code == .responseTooLarge {
        } else {
            trial.record(
                "responseTooLarge for a Content-Length of 1,001 bytes",
                observed: TransportTrial.description(of: result)
            )
        }
        let part = LoopbackResponse.json(String(repeating: "x", count: 10_000))
        let endless = try LoopbackServer(playing: LoopbackScript([.fault(.endlessBody, in: part)]))
        defer { endless.stop() }
        let limit = 200_000
        guard
            let response = await trial.streamed(
                trial.request(endless, method: .get, responseLimit: limit),
                "without end"
            )
        else { return }
        let (bytes, end, error) = await trial.read(response.body)
        trial.expect(
            bytes.count <= limit && error?.code == .responseTooLarge,
            "at most \(limit) bytes and responseTooLarge",
            observed: "\(bytes.count) bytes and \(end ?? "the end")"
        )
        let isClosed = await trial.eventually { endless.openConnections == 0 }
        trial.expect(isClosed, "a closed connection beyond the limit", observed: "an open connection")
    }

    /// A request for the `identity` encoding isn't decoded.
    public static let identity = Self(
        "identity",
        "Accept-Encoding: identity is sent as it is. A body that is compressed nevertheless is returned as received, with its "
            + "Content-Encoding."
    ) { trial in
        let body = Data(String(repeating: "text", count: 10_000).utf8)
        let script = LoopbackScript([.fault(.gzip, in: .response(FetchResponse(status: 200, body: body)))])
        let server = try LoopbackServer(playing: script)
        defer { server.stop() }
        let request = trial.request(server, method: .get, headers: ["Accept-Encoding": "identity"])
        guard let response = await trial.streamed(request, "with identity") else { return }
        let (bytes, end, _) = await trial.read(response.body)
        let fields = script.requests.first?.headers.values(of: "Accept-Encoding") ?? []
        trial.expect(fields == ["identity"], "one field Accept-Encoding: identity", observed: "\(fields)")
        trial.expect(
            bytes == GzipStream.compressed(body) && end == nil && response.headers["Content-Encoding"] == "gzip",
            "the compressed body with its Content-Encoding",
            observed: "\(bytes.count) bytes and \(end ?? "the end")"
        )
    }
}
