import FetchCore

// For `localizedDescription`, which applications display.
import Foundation

// Rules about the exposure of secrets.
extension TransportRule {
    /// Errors contain no part of the request except the origin.
    public static let secretsInErrors = Self(
        "secretsInErrors",
        "An error contains no part of a request's URL except the origin, no header field and no part of a body. It "
            + "contains nothing "
            + "that the server sent, which may be an echo of the request."
    ) { trial in
        let responses: [(String, LoopbackResponse)] = [
            ("a lost connection", .fault(.reset(.afterRequest))),
            ("a truncated body", .fault(.close(.inBody(after: 10)), in: .json(TransportTrial.canary))),
            ("an echo that isn't HTTP", .text("\(TransportTrial.canary)\r\n")),
            (
                "chunks with an invalid size",
                .text("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\(TransportTrial.canary)\r\n")
            ),
            ("a body larger than the limit", .json(String(repeating: TransportTrial.canary, count: 1_000))),
            ("silence", .fault(.silence(.afterRequest))),
        ]
        for (name, response) in responses {
            let server = try LoopbackServer(playing: LoopbackScript([response]))
            defer { server.stop() }
            let timeout = Duration.milliseconds(trial.enforcesTimeout ? 100 : 10_000)
            let exchange = trial.begin(trial.secretRequest(server, TransportTrial.canary, timeout: timeout))
            if name == "silence", !trial.enforcesTimeout { exchange.cancel() }
            trial.expectNoSecret(in: await exchange.outcome(within: trial.eventTimeout), name)
        }
        let refusing = try LoopbackServer(playing: LoopbackScript([.json("{}")]), acceptsConnections: false)
        defer { refusing.stop() }
        let outcome = await trial.send(trial.secretRequest(refusing, TransportTrial.canary))
        trial.expectNoSecret(in: outcome, "a refused connection")
    }

    /// No part of a request is printed.
    public static let output = Self(
        "output",
        "A transport writes no part of a request to standard output or standard error."
    ) { trial in
        let canary = "\(TransportTrial.canary)-\(UInt64.random(in: 0 ... .max))"
        let responses: [LoopbackResponse] = [
            .json("{}"), .fault(.reset(.afterRequest)), .text("SSH-2.0\r\n"), .fault(.close(.inBody(after: 10))),
        ]
        let server = try LoopbackServer(playing: LoopbackScript(responses))
        defer { server.stop() }
        let output = try await OutputCapture.output {
            for _ in responses { _ = await trial.send(trial.secretRequest(server, canary)) }
        }
        let hasNoCanary = output.firstRange(of: Data(canary.utf8)) == nil
        trial.expect(
            hasNoCanary,
            "no part of the request on standard output and standard error",
            observed: "a part of it"
        )
    }
}

extension TransportTrial {
    /// Returns a request that contains a secret in its path, query, header fields and body.
    fileprivate func secretRequest(
        _ server: LoopbackServer,
        _ secret: String,
        timeout: Duration = .seconds(60)
    ) -> FetchRequest {
        request(
            server,
            "/poll/\(secret)?key=\(secret)",
            headers: ["X-Key": secret, "Authorization": "Bearer \(secret)"],
            body: Data(secret.utf8),
            timeout: timeout,
            responseLimit: 1_000
        )
    }

    fileprivate func expectNoSecret(in outcome: TransportExchange.Outcome, _ subject: String) {
        // Other rules check that the request fails.
        guard case .failure(let error) = outcome else { return }
        var dumped = ""
        dump(error, to: &dumped)
        let representations = [
            ("its description", "\(error)"), ("its reflection", String(reflecting: error)), ("its dump", dumped),
            ("its localizedDescription", error.localizedDescription), ("its NSError", "\((error as NSError).userInfo)"),
        ]
        for (name, text) in representations where text.contains(Self.canary) {
            record("no part of the request in the error with \(subject)", observed: "a part of it in \(name)")
        }
    }
}
