import FetchCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

// Rules about unreachable and broken servers.
extension TransportRule {
    /// A refused connection is a retryable `connectionFailed`.
    public static let refusedConnection = Self(
        "refusedConnection",
        "A connection that can't be established causes connectionFailed, which is retryable."
    ) { trial in
        let script = LoopbackScript([.json("{}")])
        let server = try LoopbackServer(playing: script, acceptsConnections: false)
        defer { server.stop() }
        await trial.expectLost(trial.request(server), "a refused connection")
    }

    /// A connection that ends before the response is a retryable `connectionFailed`.
    public static let lostConnection = Self(
        "lostConnection",
        "A connection that ends before the response causes connectionFailed, which is retryable."
    ) { trial in
        for moment in [LoopbackMoment.onAccept, .afterRequest] {
            try await trial.expectLost(.fault(.close(moment)), "a connection that is closed \(moment)")
            try await trial.expectLost(.fault(.reset(moment)), "a connection that is reset \(moment)")
        }
    }

    /// A response with a truncated head is a retryable `connectionFailed`.
    public static let brokenHead = Self(
        "brokenHead",
        "A response that is truncated in its status line or header fields causes connectionFailed, which is retryable."
    ) { trial in
        for count in [1, 7, 12, 16, 18, 30, 40, .max] {
            try await trial.expectLost(.fault(.close(.inHead(after: count))), "a head that ends after \(count) bytes")
            try await trial.expectLost(
                .fault(.reset(.inHead(after: count))),
                "a reset after \(count) bytes of the head"
            )
        }
    }

    /// A response with a truncated body is a retryable `connectionFailed`.
    public static let brokenBody = Self(
        "brokenBody",
        "A response whose body is shorter than announced causes connectionFailed, which is retryable. No part of it "
            + "is returned."
    ) { trial in
        for moment in [LoopbackMoment.afterHead, .inBody(after: 10)] {
            try await trial.expectLost(.fault(.close(moment)), "a body that is closed \(moment)")
            try await trial.expectLost(.fault(.reset(moment)), "a body that is reset \(moment)")
        }
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        for chunks in ["", "2\r\n{}\r\n", "64\r\nhalf", "2\r\n{}\r\n0\r", "no number\r\n{}\r\n0\r\n\r\n"] {
            let printable = chunks.replacing("\r\n", with: "␍␊")
            try await trial.expectLost(.text(head + chunks), "the chunks “\(printable)”")
        }
    }

    /// A response that isn't HTTP is a retryable `connectionFailed`.
    public static let notHTTP = Self(
        "notHTTP",
        "Bytes that aren't HTTP cause connectionFailed, which is retryable."
    ) { trial in
        let garbage: [(String, [UInt8])] = [
            ("another protocol", Array("SSH-2.0-OpenSSH_9.9\r\n".utf8)),
            ("a TLS alert", [0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x46]),
            ("zeros", [UInt8](repeating: 0, count: 4_096)),
            ("a body without a head", Array(#"{"status":"done"}"#.utf8)),
            ("an unknown HTTP version", Array("HTTP/9.9 200 OK\r\nContent-Length: 2\r\n\r\n{}".utf8)),
            ("a line without an end", [UInt8](repeating: UInt8(ascii: "x"), count: 300_000)),
        ]
        for (name, bytes) in garbage {
            try await trial.expectLost(.bytes(bytes), name)
        }
    }
}

extension TransportTrial {
    /// Sends a request and expects an error that the client treats as `connectionFailed`.
    func expectLost(_ request: FetchRequest, _ subject: String) async {
        let outcome = await send(request)
        expect(outcome.isLostConnection, "connectionFailed, retryable, for \(subject)", observed: "\(outcome)")
    }

    /// Sends a request to a server with this response and expects an error that the client treats as
    /// `connectionFailed`.
    func expectLost(_ response: LoopbackResponse, _ subject: String) async throws {
        let server = try LoopbackServer(playing: LoopbackScript([response]))
        defer { server.stop() }
        await expectLost(request(server), subject)
    }
}

extension TransportExchange.Outcome {
    /// True if the client treats the error as `connectionFailed`. It does so for every error that isn't a `FetchError`.
    var isLostConnection: Bool {
        switch self {
        case .failure(let error as FetchError): error.code == .connectionFailed && error.isRetryable
        case .failure(let error): !(error is CancellationError)
        case .response, .nothing: false
        }
    }

    var isFailure: Bool {
        if case .failure = self { true } else { false }
    }
}
