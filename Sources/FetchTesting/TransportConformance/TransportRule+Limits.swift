import FetchCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

// How much of a body is received.
extension TransportRule {
    /// A body has as many bytes as the request allows, and no more.
    public static let responseLimit = Self(
        "responseLimit",
        "A body of responseLimit bytes is returned. One byte more, and the transport stops receiving, closes the connection and "
            + "throws FetchRequest.responseTooLargeError."
    ) { trial in
        for (framing, answer) in TransportTrial.framings(of: Data(repeating: 7, count: 1_000)) {
            let received = try await trial.received(answer) { trial.request($0, responseLimit: 1_000) }
            trial.expect(
                received?.body.count == 1_000,
                "1000 bytes, sent with \(framing), within a limit of 1000",
                saw: received?.description ?? "no response"
            )
            try await trial.expectTooLarge(
                answer,
                limit: 999,
                "1000 bytes, sent with \(framing), with a limit of 999",
                hasEnd: true
            )
        }
        let empty = try await trial.received(.json("")) { trial.request($0, responseLimit: 0) }
        trial.expect(empty?.body.isEmpty == true, "an empty body within a limit of 0", saw: "\(empty as Any)")
        let endless = LoopbackAnswer.fault(.endlessBody, in: .json(String(repeating: "x", count: 10_000)))
        try await trial.expectTooLarge(endless, limit: 1 << 20, "a body without end")
    }

    /// A length beyond the limit is enough to end the request.
    public static let announcedLength = Self(
        "announcedLength",
        "A Content-Length beyond responseLimit ends the request with FetchRequest.responseTooLargeError before the body comes."
    ) { trial in
        let long = LoopbackAnswer.json(String(repeating: "x", count: 1_001))
        try await trial.expectTooLarge(.fault(.silence(.afterHead), in: long), limit: 1_000, "a length of 1001 bytes")
        let longest = LoopbackAnswer.fault(.announcing(bodyBytes: 9_000_000_000_000_000), in: .json("{}"))
        try await trial.expectTooLarge(longest, limit: 1_000, "a length of 9 PB before a body of 2 bytes", hasEnd: true)
    }

    /// The limit counts decompressed bytes.
    public static let compressedLimit = Self(
        "compressedLimit",
        "The limit is that of the decompressed body: a small response that is decompressed to a large one ends with "
            + "FetchRequest.responseTooLargeError. This doesn't concern a transport that offers no compression."
    ) { trial in
        let offers = try await trial.arrival { trial.request($0) }?.headers.offersGzip ?? false
        guard offers else { return }
        // The loopback server's gzip is a little longer than what is in it.
        let packed = LoopbackAnswer.fault(.gzip, in: .json(String(repeating: "x", count: 1_000)))
        let received = try await trial.received(packed) { trial.request($0, responseLimit: 1_100) }
        trial.expect(
            received?.body.count == 1_000,
            "1000 decompressed bytes within a limit of 1100",
            saw: received?.description ?? "no response"
        )
        let bomb = LoopbackAnswer.fault(.gzipBomb(bytes: 16 << 20))
        try await trial.expectTooLarge(bomb, limit: 1 << 18, "16 MiB from 100 KiB of gzip", hasEnd: true)
    }
}

extension TransportTrial {
    /// Expects that a response ends with ``FetchError/Code/responseTooLarge``.
    ///
    /// - Parameter hasEnd: Whether the rest of the body comes soon. If it doesn't, the connection must be closed.
    func expectTooLarge(
        _ answer: LoopbackAnswer,
        limit: Int,
        _ subject: String,
        hasEnd: Bool = false
    ) async throws {
        let server = try LoopbackServer(playing: LoopbackScript([answer]))
        defer { server.stop() }
        let outcome = await send(request(server, responseLimit: limit))
        if case .failure(let error as FetchError) = outcome, error.code == .responseTooLarge {
            guard !hasEnd else { return }
            let isClosed = await eventually { server.openConnections == 0 }
            expect(isClosed, "the connection closed after \(subject)", saw: "it open")
        } else {
            note("responseTooLarge for \(subject)", saw: "\(outcome)")
        }
    }
}
