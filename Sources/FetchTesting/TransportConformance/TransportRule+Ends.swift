import Dispatch
import FetchCore
import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

// How a request ends that has to wait.
extension TransportRule {
    /// Cancelling ends the request and its connection.
    public static let cancellation = Self(
        "cancellation",
        "A request ends as soon as its task is cancelled: send throws, whatever the error, and the connection is closed."
    ) { trial in
        for moment in [LoopbackMoment.afterRequest, .inHead(after: 30), .inBody(after: 10)] {
            let script = LoopbackScript([.fault(.silence(moment))])
            let server = try LoopbackServer(playing: script)
            defer { server.stop() }
            let exchange = trial.begin(trial.request(server))
            _ = await trial.eventually { !script.requests.isEmpty }
            exchange.cancel()
            let outcome = await exchange.outcome(within: trial.patience)
            trial.expect(outcome.isFailure, "an error after cancelling, the server silent \(moment)", saw: "\(outcome)")
            let isClosed = await trial.eventually { server.openConnections == 0 }
            trial.expect(isClosed, "the connection closed after cancelling", saw: "it open")
        }
        let server = try LoopbackServer(playing: LoopbackScript([.fault(.silence(.afterRequest))]))
        defer { server.stop() }
        let exchange = TransportExchange(try trial.transport(), trial.request(server), isCancelled: true)
        let outcome = await exchange.outcome(within: trial.patience)
        trial.expect(outcome.isFailure, "an error in a task that was cancelled before", saw: "\(outcome)")
    }

    /// A transport that says so ends requests in time.
    public static let timeout = Self(
        "timeout",
        "A transport whose enforcesTimeout is true throws requestTimeout when the request's timeout is over, whatever has come until "
            + "then, and closes the connection. Others are cancelled by the client."
    ) { trial in
        guard trial.enforcesTimeout else { return }
        let trickle = LoopbackAnswer.json(String(repeating: "x", count: 100_000))
        let answers: [(String, LoopbackAnswer)] = [
            ("silence on accept", .fault(.silence(.onAccept))),
            ("silence after the request", .fault(.silence(.afterRequest))),
            ("silence within the header fields", .fault(.silence(.inHead(after: 30)))),
            ("silence within the body", .fault(.silence(.inBody(after: 10)))),
            ("a byte every 20 ms", .fault(.slowBody(every: .milliseconds(20)), in: trickle)),
        ]
        for (name, answer) in answers {
            let server = try LoopbackServer(playing: LoopbackScript([answer]))
            defer { server.stop() }
            let start = ContinuousClock.now
            let outcome = await trial.send(trial.request(server, timeout: .milliseconds(250)))
            let elapsed = ContinuousClock.now - start
            if case .failure(let error as FetchError) = outcome, error.code == .requestTimeout, error.isRetryable {
                trial.expect(elapsed > .milliseconds(240), "no end before 250 ms with \(name)", saw: "\(elapsed)")
            } else {
                trial.note("requestTimeout, retryable, with \(name)", saw: "\(outcome)")
            }
            let isClosed = await trial.eventually { server.openConnections == 0 }
            trial.expect(isClosed, "the connection closed after the timeout", saw: "it open")
        }
    }

    /// Sending doesn't block the thread.
    public static let suspension = Self(
        "suspension",
        "send suspends and doesn't block its thread: an actor that sends a request goes on with other work meanwhile."
    ) { trial in
        let script = LoopbackScript([.fault(.silence(.afterRequest))])
        let server = try LoopbackServer(playing: script)
        defer { server.stop() }
        let (sender, transport) = (Sender(), try trial.transport())
        let request = trial.request(server)
        let sending = Task { await sender.send(request, through: transport) }
        // A blocked thread may be the last one that Swift has. Then only another thread can end this.
        DispatchQueue(label: "TransportConformance").asyncAfter(deadline: .now() + trial.patience.longest) {
            server.stop()
        }
        _ = await trial.eventually { !script.requests.isEmpty }
        let hasWorked = Mutex(false)
        Task {
            await sender.work()
            hasWorked.withLock { $0 = true }
        }
        let isFree = await trial.eventually { hasWorked.withLock { $0 } || server.openConnections == 0 }
        trial.expect(
            isFree && server.openConnections == 1,
            "other work on the actor that sends",
            saw: "none before the request ended"
        )
        sending.cancel()
        server.stop()
        await sending.value
    }
}

/// Sends a request and has other work to do.
private actor Sender {
    func send(_ request: FetchRequest, through transport: any FetchTransport) async {
        _ = try? await transport.send(request)
    }

    func work() {}
}
