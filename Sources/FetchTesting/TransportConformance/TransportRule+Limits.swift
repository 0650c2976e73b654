import FetchCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

// Rules about the size of responses.
extension TransportRule {
    /// A body is received up to the request's limit.
    public static let responseLimit = Self(
        "responseLimit",
        "A body of responseLimit bytes is returned. With one byte more, the transport stops receiving, closes the "
            + "connection and "
            + "throws FetchRequest.responseTooLargeError."
    ) { trial in
        for (framing, response) in TransportTrial.framings(of: Data(repeating: 7, count: 1_000)) {
            let received = try await trial.received(response) { trial.request($0, responseLimit: 1_000) }
            trial.expect(
                received?.body.count == 1_000,
                "1000 bytes, sent with \(framing), with a limit of 1000",
                observed: received?.description ?? "no response"
            )
            try await trial.expectTooLarge(
                response,
                limit: 999,
                "1000 bytes, sent with \(framing), with a limit of 999",
                isComplete: true
            )
        }
        let empty = try await trial.received(.json("")) { trial.request($0, responseLimit: 0) }
        trial.expect(empty?.body.isEmpty == true, "an empty body with a limit of 0", observed: "\(empty as Any)")
        let endless = LoopbackResponse.fault(.endlessBody, in: .json(String(repeating: "x", count: 10_000)))
        try await trial.expectTooLarge(endless, limit: 1 << 20, "a body without an end")
    }

    /// A `Content-Length` larger than the limit ends the request.
    public static let announcedLength = Self(
        "announcedLength",
        "A Content-Length larger than responseLimit ends the request with FetchRequest.responseTooLargeError before "
            + "the body is received."
    ) { trial in
        let long = LoopbackResponse.json(String(repeating: "x", count: 1_001))
        try await trial.expectTooLarge(.fault(.silence(.afterHead), in: long), limit: 1_000, "a length of 1001 bytes")
        let announcedBytes = Int(clamping: 9_000_000_000_000_000 as Int64)
        let longest = LoopbackResponse.fault(.announcing(bodyBytes: announcedBytes), in: .json("{}"))
        try await trial.expectTooLarge(
            longest,
            limit: 1_000,
            "a length of 9 PB before a body of 2 bytes",
            isComplete: true
        )
    }

    /// The limit applies to the decompressed body.
    public static let compressedLimit = Self(
        "compressedLimit",
        "The limit applies to the decompressed body. A small response that decompresses to a larger body ends with "
            + "FetchRequest.responseTooLargeError. The rule doesn't apply to a transport without compression."
    ) { trial in
        let acceptsGzip = try await trial.receivedRequest { trial.request($0) }?.headers.acceptsGzip ?? false
        guard acceptsGzip else { return }
        // The loopback server's gzip is slightly longer than the body.
        let compressed = LoopbackResponse.fault(.gzip, in: .json(String(repeating: "x", count: 1_000)))
        let received = try await trial.received(compressed) { trial.request($0, responseLimit: 1_100) }
        trial.expect(
            received?.body.count == 1_000,
            "1000 decompressed bytes with a limit of 1100",
            observed: received?.description ?? "no response"
        )
        let bomb = LoopbackResponse.fault(.gzipBomb(bytes: 16 << 20))
        try await trial.expectTooLarge(bomb, limit: 1 << 18, "16 MiB from 100 KiB of gzip", isComplete: true)
    }
}

extension TransportTrial {
    /// Sends a request to a server with this response and expects ``FetchError/Code/responseTooLarge``.
    ///
    /// - Parameters:
    ///   - response: The server's response.
    ///   - limit: The limit of the request.
    ///   - subject: The case, for the violation.
    ///   - isComplete: True if the server sends the whole body. Otherwise the connection must be closed. Defaults to
    ///     false.
    /// - Throws: ``SystemFailure`` if the server can't be created.
    func expectTooLarge(
        _ response: LoopbackResponse,
        limit: Int,
        _ subject: String,
        isComplete: Bool = false
    ) async throws {
        let server = try LoopbackServer(playing: LoopbackScript([response]))
        defer { server.stop() }
        let outcome = await send(request(server, responseLimit: limit))
        if case .failure(let error as FetchError) = outcome, error.code == .responseTooLarge {
            guard !isComplete else { return }
            let isClosed = await eventually { server.openConnections == 0 }
            expect(isClosed, "a closed connection after \(subject)", observed: "an open connection")
        } else {
            record("responseTooLarge for \(subject)", observed: "\(outcome)")
        }
    }
}
