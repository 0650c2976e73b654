import Dispatch
import FetchCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

// Several requests, one after the other or at once.
extension TransportRule {
    /// Many requests are under way at once.
    public static let parallelRequests = Self(
        "parallelRequests",
        "At least 32 requests to one host are under way at once, each with its own response."
    ) { trial in
        let gate = Gate(size: 32)
        let server = try LoopbackServer { request in
            await gate.pass()
            return .json(request.url.query() ?? "")
        }
        defer { server.stop() }
        // A transport that blocks Swift's threads may block the last one. Then only another thread can end this.
        DispatchQueue(label: "TransportConformance").asyncAfter(deadline: .now() + trial.patience.longest) {
            server.stop()
        }
        let exchanges = (0..<32).map { trial.begin(trial.request(server, "/poll?\($0)")) }
        var own = 0
        for (index, exchange) in exchanges.enumerated() {
            guard case .response(let response) = await exchange.outcome(within: trial.patience) else { continue }
            if response.body == Data("\(index)".utf8) { own += 1 }
        }
        trial.expect(own == 32, "32 requests at the server before the first response, each with its own", saw: "\(own)")
    }

    /// A broken response is no problem of the next request.
    public static let recovery = Self(
        "recovery",
        "After a request that failed, was cancelled or was too large, the next one works: its connection isn't used again."
    ) { trial in
        let broken: [(String, LoopbackAnswer)] = [
            ("a body that breaks off", .fault(.close(.inBody(after: 10)))),
            ("a reset", .fault(.reset(.afterRequest))),
            ("another protocol", .text("SSH-2.0-OpenSSH_9.9\r\n")),
            ("a body longer than announced", .fault(.announcing(bodyBytes: 10))),
            ("a body beyond the limit", .json(String(repeating: "x", count: 2_000))),
        ]
        for (name, answer) in broken {
            let server = try LoopbackServer(playing: LoopbackScript([answer, .json("2")]))
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
        _ = await exchange.outcome(within: trial.patience)
        await trial.expectBody("2", trial.request(server), "after a cancelled request")
    }

    /// A connection that was closed meanwhile isn't used.
    public static let idleConnection = Self(
        "idleConnection",
        "A kept connection that the server has closed while it was idle isn't used for the next request."
    ) { trial in
        let server = try LoopbackServer(playing: LoopbackScript([.json("1"), .json("2")]))
        defer { server.stop() }
        await trial.expectBody("1", trial.request(server), "at first")
        server.closeConnections()
        _ = await trial.eventually { server.openConnections == 0 }
        await trial.expectBody("2", trial.request(server), "after the server closed the idle connection")
    }

    /// A connection that turns out to be dead is left.
    public static let deadConnection = Self(
        "deadConnection",
        "A request that gets no response on a kept connection is connectionFailed, or is sent once more on a new one, but not "
            + "more often; the next request works."
    ) { trial in
        for fault in [LoopbackFault.close(.afterRequest), .reset(.afterRequest)] {
            let script = LoopbackScript([.json("1"), .fault(fault), .json("2"), .json("2")])
            let server = try LoopbackServer(playing: script)
            defer { server.stop() }
            await trial.expectBody("1", trial.request(server), "at first")
            let outcome = await trial.send(trial.request(server))
            if case .response(let response) = outcome {
                trial.expect(response.body == Data("2".utf8), "the response to the second attempt", saw: "\(response)")
            } else {
                trial.expect(outcome.isLostConnection, "a response or connectionFailed, retryable", saw: "\(outcome)")
            }
            let attempts = script.requests.count - 1
            trial.expect((1...2).contains(attempts), "one or two attempts", saw: "\(attempts)")
            await trial.expectBody("2", trial.request(server), "after a connection that was lost")
        }
        // The same, with a server that never responds on a kept connection.
        let script = LoopbackScript([.json("1"), .fault(.close(.afterRequest))])
        let server = try LoopbackServer(playing: script)
        defer { server.stop() }
        await trial.expectBody("1", trial.request(server), "at first")
        await trial.expectLost(trial.request(server), "a server that closes each connection")
        let attempts = script.requests.count - 1
        trial.expect((1...2).contains(attempts), "one or two attempts", saw: "\(attempts)")
    }

    /// A response that belongs to no request is dropped.
    public static let unsolicitedResponse = Self(
        "unsolicitedResponse",
        "A second response behind the first one isn't that of the next request."
    ) { trial in
        let twice = ["1", "other"].map { "HTTP/1.1 200 OK\r\nContent-Length: \($0.utf8.count)\r\n\r\n\($0)" }.joined()
        let server = try LoopbackServer(playing: LoopbackScript([.text(twice), .json("2")]))
        defer { server.stop() }
        await trial.expectBody("1", trial.request(server), "at first")
        let outcome = await trial.send(trial.request(server))
        if case .response(let response) = outcome {
            trial.expect(response.body == Data("2".utf8), "the second request's own response", saw: "another one")
        } else {
            trial.expect(outcome.isLostConnection, "a response or connectionFailed, retryable", saw: "\(outcome)")
        }
        await trial.expectBody("2", trial.request(server), "after that")
    }

    /// A transport leaves no connection behind.
    public static let closing = Self(
        "closing",
        "A transport closes its connections when it is shut down or released."
    ) { trial in
        let server = try LoopbackServer(playing: LoopbackScript([.json("1")]))
        defer { server.stop() }
        await trial.expectBody("1", trial.request(server), "at first")
        try await trial.shutDown()
        let isClosed = await trial.eventually { server.openConnections == 0 }
        trial.expect(isClosed, "no connection of the transport", saw: "\(server.openConnections)")
    }
}

extension TransportTrial {
    /// Expects a response with a body.
    func expectBody(_ body: String, _ request: FetchRequest, _ moment: String) async {
        guard let response = await response(to: request, moment) else { return }
        expect(response.body == Data(body.utf8), "the body \(body) \(moment)", saw: "\(response)")
    }
}

/// Suspends each caller until all of them are there.
private actor Gate {
    private let size: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var isOpen = false

    init(size: Int) { self.size = size }

    func pass() async {
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
