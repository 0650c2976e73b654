import FetchCore
import FetchMetrics
import FetchObservability
import FetchTesting
import Foundation
import InMemoryLogging
import Logging
import Testing

@Suite("Secrets") struct SecretTests {
    private static let key = "sk-canary-0123456789"
    private static let signature = "cafe5165a7ure"

    /// Responses that contain the key and a signed link wherever a provider could put them.
    private static let responses: [ScriptedTransport.Step] = {
        let link = "https://user:pass-canary@files.example.com/a.mp4?X-Amz-Signature=\(signature)&expires=9"
        return [
            .response(#"{"status":"processing","message":"see \#(link) with \#(key)"}"#),
            .response(#"{"error":"key \#(key), see \#(link)"}"#, status: 500),
            .response(#"{"message":"\#(link)"}"#, status: 429, headers: ["Retry-After": "1"]),
            .response(#"{"error":"\#(link) \#(key)"}"#, status: 409),
            .response(#"{"status":"done","link":"\#(link)"}"#),
            .response(#"{"status":"failed","message":"\#(link) \#(key)"}"#),
            .response(#"{"status":"done","link":"not a link: \#(link) \#(key)"}"#),
            .response(#"{"error":"\#(link) \#(key)"}"#, status: 400),
            .response(#"{"error":"\#(link) \#(key)"}"#, status: 401),
        ]
    }()

    @Test func `neither the key nor a signature is in any line, span or label`() async throws {
        let scenario = try TelemetryScenario(
            Self.responses,
            key: APIKey(Self.key),
            FetchTelemetry.Configuration(retryWarningsPerMinute: 100, tracedRequests: 1)
        )
        try await scenario.run { client in
            for id in 1...6 { _ = try? await client.result(JobReference("example.clip:\(id)")) }
        }
        let everything = scenario.everything
        // Each kind of line was written.
        for message in ["Job is pending", "Request failed", "Request failed and is retried", "Job failed"] {
            #expect(!scenario.lines(message).isEmpty)
        }
        #expect(scenario.transport.requests.contains { $0.headers["Authorization"] == "Bearer \(Self.key)" })
        #expect(!everything.contains(Self.key))
        #expect(!everything.contains(Self.signature))
        #expect(!everything.contains("pass-canary"))
        #expect(!everything.contains("X-Amz-Signature"))
    }

    @Test func `a message of an error keeps its link without the query`() async throws {
        let event = FetchEvent(
            job: try JobReference("example.clip:1"),
            provider: "example",
            kind: .failed(
                FetchError(.unusableOutput, "no film at https://a.example/b?X-Amz-Signature=\(Self.signature) there"),
                latency: .seconds(1)
            )
        )
        let scenario = try TelemetryScenario([.done])
        scenario.telemetry.record(event)
        try await scenario.run { _ in }
        let line = try #require(scenario.lines("Request failed").first)
        #expect(line.metadata["fetch.message"] == "no film at https://a.example/b?[cut] there")
    }

    @Test func `an id that is a signed link keeps what tells jobs apart`() async throws {
        let id = "https://api.example.com/result?id=a1&sig=\(Self.signature)"
        let event = FetchEvent(
            job: try JobReference(endpoint: "example.clip", id: id),
            provider: "example",
            kind: .requested
        )
        let scenario = try TelemetryScenario([.done])
        scenario.telemetry.record(event)
        try await scenario.run { _ in }
        let line = try #require(scenario.lines("Request begins").first)
        #expect(line.metadata["fetch.job"] == "example.clip:https://api.example.com/result?id=a1&sig=[cut]")
    }

    @Test(arguments: [
        ("nothing to cut", "nothing to cut"),
        ("https://a.example/b", "https://a.example/b"),
        ("https://a.example/b?c=d#e", "https://a.example/b?[cut]"),
        ("https://a.example/b#access=1", "https://a.example/b#[cut]"),
        ("https://a.example?c", "https://a.example?[cut]"),
        (
            "(https://a.example/b?c) and https://d.example/?e f",
            "(https://a.example/b?[cut] and https://d.example/?[cut] f"
        ),
        (#"{"link":"https://a.example/b?c=d","n":1}"#, #"{"link":"https://a.example/b?[cut]","n":1}"#),
        ("ftp://user:secret@a.example/b", "ftp://a.example/b"),
        ("X-Amz-Signature=abc&X-Amz-Date=1", "X-Amz-Signature=[cut]&X-Amz-Date=1"),
        (#"https:\/\/a.example\/b?sig=abc"#, #"https:\/\/a.example\/b?sig=[cut]"#),
        ("https%3A%2F%2Fa.example%2Fb%3Fsig%3Dabc", "https%3A%2F%2Fa.example%2Fb%3Fsig%3D[cut]"),
        ("Signature=", "Signature="),
        ("config=abc design=d", "config=abc design=d"),
        ("a = b, c: d", "a = b, c: d"),
    ])
    func `links are cut`(text: String, expected: String) {
        #expect(LinkRedaction.withoutQueries(text) == expected)
    }
}
