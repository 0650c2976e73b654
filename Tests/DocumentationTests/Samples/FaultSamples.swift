import FetchCore
import FetchCurl
import FetchTesting
import Foundation
import ModelsLab
import ModelsLabVideo
import Testing

/// Samples of faults from Documentation/Testing.md and FetchTesting.
@Suite("Fault samples") struct FaultSamples {
    @Test func `polling continues after a truncated response`() async throws {
        let script = LoopbackScript([
            .fault(.reset(.onAccept)),
            .fault(.close(.inBody(after: 10))),
            .json(#"{"status":"success","output":["https://example.com/a.mp4"]}"#),
        ])
        let server = try LoopbackServer(playing: script)
        defer { server.stop() }
        let client = try FetchClient(
            transport: .curl,
            credentials: .fixed(["modelslab": APIKey("sk-test")]),
            configuration: FetchClient.Configuration(
                policy: PollingPolicy(minimumGap: .milliseconds(10), maximumGap: .milliseconds(20)),
                origins: ["modelslab": server.origin]
            )
        )
        let video = try await client.result(.modelsLabVideo, id: 42)
        #expect(video.outputs.map(\.absoluteString) == ["https://example.com/a.mp4"])
        #expect(script.requests.count == 2)
    }

    @Test func `a script records no requests before a client sends one`() throws {
        #expect(Self.fault.requests.isEmpty)
        let script = LoopbackScript([.fault(.reset(.afterRequest)), .json(#"{"status":"processing"}"#)])
        let server = try LoopbackServer(playing: script)
        server.stop()
        #expect(script.requests.isEmpty)
    }

    private static var fault: LoopbackScript {
        let script = LoopbackScript([
            .fault(.reset(.onAccept)),
            .fault(.silence(.inBody(after: 10)), in: .json(#"{"status":"processing"}"#)),
            .json(#"{"status":"success","output":["https://example.com/a.mp4"]}"#),
        ])
        return script
    }
}
