import Crypto
import FetchCore
import FetchCurl
import FetchTesting
import Foundation
import Studio
import Synchronization
import Testing

@Suite("Endpoints that another package writes") struct StudioTests {
    @Test func `they conform`() async throws {
        let file = FetchResponse(status: 200, body: Data("a;b".utf8))
        try await EndpointConformance(
            SignedRendering(),
            ids: ["a", "b"],
            fixtures: [.succeeded(#"{"state":"done","url":"https://cdn.studio.example/1.png"}"#)]
        ).check()
        try await EndpointConformance(LongTranscript(), ids: [1, 2], fixtures: [.succeeded(#"{"text":"Hello"}"#)])
            .check()
        try await EndpointConformance(
            RedirectedReport(),
            ids: ["a", "b"],
            fixtures: [.succeeded(FetchResponse(status: 303, headers: ["Location": "../results/9"]), then: [file])]
        ).check()
        let completed = #"{"status":"completed","output_file_id":"out","error_file_id":"err"}"#
        try await EndpointConformance(
            FileBatch(),
            ids: ["a", "b"],
            fixtures: [.succeeded(FetchResponse(json: completed), then: [file, file])]
        ).check()
    }

    /// Polls a job over a socket, typed and then by name, each time from the beginning of the script.
    private func poll<Endpoint: FetchEndpoint>(
        _ endpoint: Endpoint,
        id: Endpoint.ID,
        _ credentials: Credentials,
        _ responses: [LoopbackResponse]
    ) async throws -> (output: Endpoint.Output, byName: any FetchOutput, requests: [FetchRequest]) {
        let script = LoopbackScript(responses + responses)
        let server = try LoopbackServer(playing: script)
        defer { server.stop() }
        let client = FetchClient(
            registry: try EndpointRegistry(endpoint),
            transport: try CurlTransport(),
            credentials: credentials,
            configuration: FetchClient.Configuration(
                policy: PollingPolicy(minimumGap: .zero, schedule: .fixed(.milliseconds(1))),
                origins: [endpoint.provider: server.origin]
            )
        )
        let output = try await client.result(endpoint, id: id)
        let byName = try await client.result(JobReference(endpoint: endpoint.name, id: id.description))
        return (output, byName, script.requests)
    }

    private static let key = APIKey("a-key-of-some-length")

    @Test func `a signed request has the signature of what the server receives`() async throws {
        let done = LoopbackResponse.json(#"{"state":"done","url":"https://cdn.studio.example/1.png"}"#)
        let polled = try await poll(
            SignedRendering(),
            id: "room 7",
            .fixed(["studio": Self.key]),
            [.json(#"{"state":"running"}"#), done]
        )
        #expect(polled.output.url?.absoluteString == "https://cdn.studio.example/1.png")
        #expect(polled.byName.outputArtifacts == [polled.output])
        #expect(polled.requests.count == 4)
        for request in polled.requests {
            let date = try #require(request.headers["X-Date"])
            let text = "GET\n/v1/renderings/room%207\n\(date)"
            let secret = SymmetricKey(data: Data(Self.key.secret.utf8))
            let code = HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: secret)
            #expect(request.headers["Authorization"] == "HMAC " + Data(code).base64EncodedString())
        }
    }

    @Test func `a token that has expired is replaced, and a long poll goes on`() async throws {
        let isExpired = Mutex(false)
        let credentials = Credentials.dynamic { _, refused in
            if refused != nil { isExpired.withLock { $0 = true } }
            return APIKey(isExpired.withLock(\.self) ? "the-new-token-of-scribe" : "the-old-token-of-scribe")
        }
        let polled = try await poll(
            LongTranscript(),
            id: 42,
            credentials,
            [
                .response(FetchResponse(status: 204)),
                .json(#"{"error":"token the-old-token-of-scribe has expired"}"#, status: 401),
                .json(#"{"text":"Hello from the-new-token-of-scribe."}"#),
                .json(#"{"text":"Hello from the-new-token-of-scribe."}"#),
            ]
        )
        #expect(polled.output == "Hello from [redacted].")
        #expect(polled.byName as? String == polled.output)
        let tokens = polled.requests.prefix(3).map { $0.headers["Authorization"] }
        let (old, new) = ("Bearer the-old-token-of-scribe", "Bearer the-new-token-of-scribe")
        #expect(tokens == [old, old, new])
    }

    @Test func `a relative redirection is followed with the key`() async throws {
        let polled = try await poll(
            RedirectedReport(),
            id: "r1",
            .fixed(["ledger": Self.key]),
            [
                .json(#"{"status":"running"}"#),
                .response(FetchResponse(status: 303, headers: ["Location": "../results/9?part=1"])),
                .response(FetchResponse(status: 200, headers: ["Content-Type": "text/csv"], body: Data("a;b".utf8))),
            ]
        )
        #expect(polled.output.data == Data("a;b".utf8))
        #expect(polled.byName.outputArtifacts == [polled.output])
        let result = polled.requests[2]
        #expect(result.url.path() == "/reports/jobs/results/9")
        #expect(result.url.query() == "part=1")
        #expect(result.headers["X-Ledger-Key"] == Self.key.secret)
    }

    @Test func `a second file that fails once is fetched again, and the first one isn't`() async throws {
        let polled = try await poll(
            FileBatch(),
            id: "batch_1",
            .fixed(["mill": Self.key]),
            [
                .json(#"{"status":"completed","output_file_id":"out","error_file_id":"err"}"#),
                .response(FetchResponse(status: 200, body: Data("one".utf8))),
                .json(#"{"error":"overloaded"}"#, status: 503),
                .response(FetchResponse(status: 200, body: Data("two".utf8))),
            ]
        )
        #expect(polled.output.map(\.data) == [Data("one".utf8), Data("two".utf8)])
        #expect(polled.byName.outputArtifacts == polled.output)
        let paths = polled.requests.prefix(4).map { $0.url.path() }
        let files = ["/v1/files/out/content", "/v1/files/err/content", "/v1/files/err/content"]
        #expect(paths == ["/v1/batches/batch_1"] + files)
    }
}
