import Dispatch
import FetchCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

// Rules about connections, with several requests in sequence or in parallel.
extension TransportRule {
    /// At least 32 requests to one host run in parallel.
    public static let parallelRequests = Self(
        "parallelRequests",
        "At least 32 requests to one host run in parallel, and each gets its own response."
    ) { trial in
        let barrier = Barrier(size: 32)
        let server = try LoopbackServer { request in
            await barrier.wait()
            return .json(request.url.query() ?? "")
        }
        defer { server.stop() }
        // A transport may block all of Swift's threads. Then only a Dispatch thread can end the requests.
        DispatchQueue(label: "TransportConformance").asyncAfter(deadline: .now() + trial.eventTimeout.hardLimit) {
            server.stop()
        }
        let exchanges = (0..<32).map { trial.begin(trial.request(server, "/poll?\($0)")) }
        var matching = 0
        for (index, exchange) in exchanges.enumerated() {
            guard case .response(let response) = await exchange.outcome(within: trial.eventTimeout) else { continue }
            if response.body == Data("\(index)".utf8) { matching += 1 }
        }
        trial.expect(matching == 32, "32 parallel requests, each with its own response", observed: "\(matching)")
    }

    /// A failed request doesn't affect the next one.
    public static let recovery = Self(
        "recovery",
        "A request succeeds after one that failed, was cancelled or exceeded the limit. The old connection isn't "
            + "reused."
    ) { trial in
        let broken: [(String, LoopbackResponse)] = [
            ("a truncated body", .fault(.close(.inBody(after: 10)))),
            ("a reset", .fault(.reset(.afterRequest))),
            ("another protocol", .text("SSH-2.0-OpenSSH_9.9\r\n")),
            ("a body longer than announced", .fault(.announcing(bodyBytes: 10))),
            ("a body larger than the limit", .json(String(repeating: "x", count: 2_000))),
        ]
        for (name, response) in broken {
            let server = try LoopbackServer(playing: LoopbackScript([response, .json("2")]))
            defer { server.stop() }
            _ = await trial.send(trial.request(server, responseLimit: 1_000))
            await trial.expectBody("2", trial.request(server), "after \(name)")
        }
        let script = LoopbackScript([.fault(.silence(.inBody(after: 10))), .json("2")])
        let server = try LoopbackServer(playing: script)
        defer { server.stop() }
        let exchange = trial.begin(trial.request(server))
        _ = await trial.eventually { !script.requests.isEmpty }
        exchange.cancel()
        _ = await exchange.outcome(within: trial.eventTimeout)
        await trial.expectBody("2", trial.request(server), "after a cancelled request")
    }

    /// An idle connection that the server has closed isn't reused.
    public static let idleConnection = Self(
        "idleConnection",
        "A kept connection that the server closed while it was idle isn't used for the next request."
    ) { trial in
        let server = try LoopbackServer(playing: LoopbackScript([.json("1"), .json("2")]))
        defer { server.stop() }
        await trial.expectBody("1", trial.request(server), "for the first request")
        server.closeConnections()
        _ = await trial.eventually { server.openConnections == 0 }
        await trial.expectBody("2", trial.request(server), "after the server closed the idle connection")
    }

    /// A request on a dead connection fails or is retried once.
    public static let deadConnection = Self(
        "deadConnection",
        "A request that gets no response on a kept connection fails with connectionFailed or is retried once on a "
            + "new connection. "
            + "The next request succeeds."
    ) { trial in
        for fault in [LoopbackFault.close(.afterRequest), .reset(.afterRequest)] {
            let script = LoopbackScript([.json("1"), .fault(fault), .json("2"), .json("2")])
            let server = try LoopbackServer(playing: script)
            defer { server.stop() }
            await trial.expectBody("1", trial.request(server), "for the first request")
            let outcome = await trial.send(trial.request(server))
            if case .response(let response) = outcome {
                trial.expect(
                    response.body == Data("2".utf8),
                    "the response to the second attempt",
                    observed: "\(response)"
                )
            } else {
                trial.expect(
                    outcome.isLostConnection,
                    "a response or connectionFailed, retryable",
                    observed: "\(outcome)"
                )
            }
            let attempts = script.requests.count - 1
            trial.expect((1...2).contains(attempts), "one or two attempts", observed: "\(attempts)")
            await trial.expectBody("2", trial.request(server), "after a lost connection")
        }
        // The server never responds on a kept connection.
        let script = LoopbackScript([.json("1"), .fault(.close(.afterRequest))])
        let server = try LoopbackServer(playing: script)
        defer { server.stop() }
        await trial.expectBody("1", trial.request(server), "for the first request")
        await trial.expectLost(trial.request(server), "a server that closes each connection")
        let attempts = script.requests.count - 1
        trial.expect((1...2).contains(attempts), "one or two attempts", observed: "\(attempts)")
    }

    /// An unsolicited response is dropped.
    public static let unsolicitedResponse = Self(
        "unsolicitedResponse",
        "A second response after the first one isn't returned for the next request."
    ) { trial in
        let twice = ["1", "other"].map { "HTTP/1.1 200 OK\r\nContent-Length: \($0.utf8.count)\r\n\r\n\($0)" }.joined()
        let server = try LoopbackServer(playing: LoopbackScript([.text(twice), .json("2")]))
        defer { server.stop() }
        await trial.expectBody("1", trial.request(server), "for the first request")
        let outcome = await trial.send(trial.request(server))
        if case .response(let response) = outcome {
            trial.expect(
                response.body == Data("2".utf8),
                "the second request's own response",
                observed: "another response"
            )
        } else {
            trial.expect(outcome.isLostConnection, "a response or connectionFailed, retryable", observed: "\(outcome)")
        }
        await trial.expectBody("2", trial.request(server), "for the third request")
    }

    /// A transport closes its connections.
    public static let closing = Self(
        "closing",
        "A transport closes its connections when it is shut down or released."
    ) { trial in
        let server = try LoopbackServer(playing: LoopbackScript([.json("1")]))
        defer { server.stop() }
        await trial.expectBody("1", trial.request(server), "for the first request")
        try await trial.shutDown()
        let isClosed = await trial.eventually { server.openConnections == 0 }
        trial.expect(isClosed, "no open connection", observed: "\(server.openConnections)")
    }
}

extension TransportTrial {
    /// Sends a request and expects a response with this body.
    func expectBody(_ body: String, _ request: FetchRequest, _ moment: String) async {
        guard let response = await response(to: request, moment) else { return }
        expect(response.body == Data(body.utf8), "the body \(body) \(moment)", observed: "\(response)")
    }
}

/// A barrier that suspends its callers until `size` of them wait.
private actor Barrier {
    private let size: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var isOpen = false

    init(size: Int) { self.size = size }

    func wait() async {
        guard !isOpen else { return }
        await withCheckedContinuation { continuation in
            waiting.append(continuation)
            guard waiting.count >= size else { return }
            isOpen = true
            for continuation in waiting { continuation.resume() }
            waiting = []
        }
    }
}
