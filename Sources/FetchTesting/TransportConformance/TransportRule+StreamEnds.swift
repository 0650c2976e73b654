import FetchCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

// Rules about slow readers, timeouts and cancellation of streamed responses.
extension TransportRule {
    /// A server is slowed down by a slow reader.
    public static let backPressure = Self(
        "backPressure",
        "Little is received ahead of the reader: a server that sends an endless body to a reader that doesn't read is held "
            + "back. When the reader continues, it gets the bytes in order."
    ) { trial in
        let sender = try EndlessSender()
        // The queue of the contract, and generous buffers of the system and the HTTP library.
        let limit = 24 << 20
        let request = FetchRequest(method: .get, url: sender.url, timeout: .seconds(60), responseLimit: 1 << 40)
        guard let response = await trial.streamed(request, "to a slow reader") else { return }
        var (last, unchanged) = (-1, 0)
        _ = await trial.eventually {
            unchanged = sender.sentBytes == last ? unchanged + 1 : 0
            last = sender.sentBytes
            return (last > 0 && unchanged >= 40) || last > limit
        }
        trial.expect(last <= limit, "at most \(limit) bytes sent to a reader that doesn't read", observed: "\(last)")
        let read = await trial.result { () async throws -> Int in
            var count = 0
            for try await chunk in response.body {
                count += chunk.count
                if count >= 2 * limit { break }
            }
            return count
        }
        let count = (try? read?.get()) ?? 0
        trial.expect(
            count >= 2 * limit,
            "\(2 * limit) bytes after the reader has continued",
            observed: read.map { "\($0)" } ?? "no more bytes"
        )
        let isClosed = await trial.eventually { sender.isClosed }
        trial.expect(isClosed, "a closed connection after the loop was left", observed: "an open connection")
    }

    /// The timeout of a streamed request counts until the head.
    public static let streamTimeout = Self(
        "streamTimeout",
        "stream throws requestTimeout if the head isn't received in time, and closes the connection. There is no timeout "
            + "after the head."
    ) { trial in
        for moment in [LoopbackMoment.afterRequest, .inHead(after: 20)] {
            let server = try LoopbackServer(playing: LoopbackScript([.fault(.silence(moment))]))
            defer { server.stop() }
            let result = await trial.stream(trial.request(server, timeout: .milliseconds(250)))
            if case .failure(let error as FetchError)? = result, error.code == .requestTimeout {
            } else {
                trial.record(
                    "requestTimeout with a silence \(moment)",
                    observed: TransportTrial.description(of: result)
                )
            }
            let isClosed = await trial.eventually { server.openConnections == 0 }
            trial.expect(isClosed, "a closed connection after the timeout", observed: "an open connection")
        }
        // Ten parts, the last of them after twice the timeout.
        let slow = LoopbackResponse.fault(
            .slowBody(bytes: 1_000, every: .milliseconds(60)),
            in: .json(String(repeating: "x", count: 10_000))
        )
        let server = try LoopbackServer(playing: LoopbackScript([slow]))
        defer { server.stop() }
        let request = trial.request(server, method: .get, timeout: .milliseconds(300))
        guard let response = await trial.streamed(request, "with a slow body") else { return }
        let (bytes, end, _) = await trial.read(response.body)
        trial.expect(
            bytes.count == 10_000 && end == nil,
            "the 10,000 bytes of a slow body",
            observed: "\(bytes.count) bytes and \(end ?? "the end")"
        )
    }

    /// Cancellation ends a streamed request and closes its connection.
    public static let streamCancellation = Self(
        "streamCancellation",
        "When the task is cancelled, stream and next() end immediately with an error, and the connection is closed."
    ) { trial in
        let moments = [LoopbackMoment.afterRequest, .inHead(after: 20), .afterHead, .inBody(after: 10)]
        for moment in moments {
            let script = LoopbackScript([.fault(.silence(moment))])
            let server = try LoopbackServer(playing: script)
            defer { server.stop() }
            let (transport, request) = (try trial.transport(), trial.request(server, method: .get))
            let reading = Task.detached {
                guard let transport = transport as? any StreamingTransport else { return }
                for try await _ in try await transport.stream(request).body {}
            }
            _ = await trial.eventually { !script.requests.isEmpty }
            reading.cancel()
            let result = await trial.result { try await reading.value }
            if case .failure? = result {
            } else {
                let observed = result == nil ? "no end" : "the end of the body"
                trial.record("an error after cancellation, with a silence \(moment)", observed: observed)
            }
            let isClosed = await trial.eventually { server.openConnections == 0 }
            trial.expect(isClosed, "a closed connection after cancellation", observed: "an open connection")
        }
    }

    /// A body that is released or left closes its connection.
    public static let streamRelease = Self(
        "streamRelease",
        "If a body is released unread, or if its iteration is left before the end, the connection is closed."
    ) { trial in
        for isRead in [false, true] {
            let part = LoopbackResponse.json(String(repeating: "x", count: 10_000))
            let server = try LoopbackServer(playing: LoopbackScript([.fault(.endlessBody, in: part)]))
            defer { server.stop() }
            do {
                guard let response = await trial.streamed(trial.request(server, method: .get), "without end") else {
                    continue
                }
                if isRead { _ = await trial.result { for try await _ in response.body { break } } }
            }
            let isClosed = await trial.eventually { server.openConnections == 0 }
            let subject = isRead ? "left" : "released unread"
            trial.expect(isClosed, "a closed connection after a body was \(subject)", observed: "an open connection")
        }
    }
}
