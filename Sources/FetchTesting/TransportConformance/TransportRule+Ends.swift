import Dispatch
import FetchCore
import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

// Rules about cancellation, timeouts and suspension.
extension TransportRule {
    /// Cancellation ends the request and closes its connection.
    public static let cancellation = Self(
        "cancellation",
        "When its task is cancelled, a request ends immediately with any error, and its connection is closed."
    ) { trial in
        for moment in [LoopbackMoment.afterRequest, .inHead(after: 30), .inBody(after: 10)] {
            let script = LoopbackScript([.fault(.silence(moment))])
            let server = try LoopbackServer(playing: script)
            defer { server.stop() }
            let exchange = trial.begin(trial.request(server))
            _ = await trial.eventually { !script.requests.isEmpty }
            exchange.cancel()
            let outcome = await exchange.outcome(within: trial.eventTimeout)
            trial.expect(
                outcome.isFailure,
                "an error after cancellation, with the server silent \(moment)",
                observed: "\(outcome)"
            )
            let isClosed = await trial.eventually { server.openConnections == 0 }
            trial.expect(isClosed, "a closed connection after cancellation", observed: "an open connection")
        }
        let server = try LoopbackServer(playing: LoopbackScript([.fault(.silence(.afterRequest))]))
        defer { server.stop() }
        let exchange = TransportExchange(try trial.transport(), trial.request(server), isCancelled: true)
        let outcome = await exchange.outcome(within: trial.eventTimeout)
        trial.expect(outcome.isFailure, "an error in a task that was already cancelled", observed: "\(outcome)")
    }

    /// A transport whose `enforcesTimeout` is true ends requests at their timeout.
    public static let timeout = Self(
        "timeout",
        "A transport whose enforcesTimeout is true throws requestTimeout when the request's timeout expires, even if "
            + "a part of the "
            + "response has been received, and closes the connection. For other transports, the client cancels the "
            + "request."
    ) { trial in
        guard trial.enforcesTimeout else { return }
        let trickle = LoopbackResponse.json(String(repeating: "x", count: 100_000))
        let responses: [(String, LoopbackResponse)] = [
            ("silence on accept", .fault(.silence(.onAccept))),
            ("silence after the request", .fault(.silence(.afterRequest))),
            ("silence within the header fields", .fault(.silence(.inHead(after: 30)))),
            ("silence within the body", .fault(.silence(.inBody(after: 10)))),
            ("a byte every 20 ms", .fault(.slowBody(every: .milliseconds(20)), in: trickle)),
        ]
        for (name, response) in responses {
            let server = try LoopbackServer(playing: LoopbackScript([response]))
            defer { server.stop() }
            let start = ContinuousClock.now
            let outcome = await trial.send(trial.request(server, timeout: .milliseconds(250)))
            let elapsed = ContinuousClock.now - start
            if case .failure(let error as FetchError) = outcome, error.code == .requestTimeout, error.isRetryable {
                trial.expect(
                    elapsed > .milliseconds(240),
                    "no timeout before 250 ms with \(name)",
                    observed: "\(elapsed)"
                )
            } else {
                trial.record("requestTimeout, retryable, with \(name)", observed: "\(outcome)")
            }
            let isClosed = await trial.eventually { server.openConnections == 0 }
            trial.expect(isClosed, "a closed connection after the timeout", observed: "an open connection")
        }
    }

    /// `send` suspends instead of blocking its thread.
    public static let suspension = Self(
        "suspension",
        "send suspends and doesn't block its thread. An actor that sends a request can do other work meanwhile."
    ) { trial in
        let script = LoopbackScript([.fault(.silence(.afterRequest))])
        let server = try LoopbackServer(playing: script)
        defer { server.stop() }
        let (sender, transport) = (Sender(), try trial.transport())
        let request = trial.request(server)
        let sending = Task { await sender.send(request, through: transport) }
        // The blocked thread may be Swift's only one. Then only a Dispatch thread can end the request.
        DispatchQueue(label: "TransportConformance").asyncAfter(deadline: .now() + trial.eventTimeout.hardLimit) {
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
            "other work on the sending actor",
            observed: "no work before the request ended"
        )
        sending.cancel()
        server.stop()
        await sending.value
    }
}

/// An actor that sends a request and does other work.
private actor Sender {
    func send(_ request: FetchRequest, through transport: any FetchTransport) async {
        _ = try? await transport.send(request)
    }

    func work() {}
}
