import FetchCore
import FetchTesting
import Foundation
import ModelsLab
import ModelsLabDeepfake
import Testing

@Suite struct Deepfakes {
    @Test func `it keeps the rules of an endpoint, with every documented answer`() async throws {
        try await EndpointConformance(
            ModelsLabDeepfakeEndpoint(),
            ids: [1, 263],
            fixtures: [
                .succeeded(fixture("success")), .pending(fixture("processing")),
            ]
        ).check()
    }

    @Test func `a finished deepfake has every field of the documented example`() async throws {
        let deepfake = try await client(ScriptedTransport([.json(fixture("success"))]))
            .result(.modelsLabDeepfake, id: 263)
        #expect(deepfake.id == "263")
        #expect(deepfake.outputs == [URL(string: "https://pub-example.r2.dev/generations/6351a2b3-speech.mp4")])
        #expect(deepfake.source == .output)
        #expect(deepfake.proxyLinks == [])
        #expect(deepfake.fields["proxy_links"] == .null)
        #expect(deepfake.generationTime == nil)
        #expect(deepfake.meta == nil)
        #expect(
            deepfake.fields["tip"] == "Jobs of other plans are done sooner. See http://backend.test/plans"
        )
    }

    @Test func `a deepfake in the making is pending, whatever little the answer says`() async throws {
        let state = try await client(ScriptedTransport([.json(fixture("processing"))]))
            .fetch(.modelsLabDeepfake, id: 263)
        guard case .pending(let progress) = state else {
            Issue.record("It is \(state).")
            return
        }
        #expect(progress.message == "try again later.")
        #expect(progress.eta == nil)
    }

    @Test func `the tip, which advertises and names internal hosts, is in no description`() async throws {
        let finished = try await client(ScriptedTransport([.json(fixture("success"))]))
            .result(.modelsLabDeepfake, id: 263)
        #expect(!"\(finished)".contains("backend.test"))
        let progress = try await client(ScriptedTransport([.json(fixture("processing"))]))
            .fetch(.modelsLabDeepfake, id: 263)
        guard case .pending(let progress) = progress else {
            Issue.record("It is \(progress).")
            return
        }
        #expect(!"\(progress)".contains("backend.test"))
    }

    @Test func `it is asked under deepfake, not under realtime as two of the samples do`() async throws {
        let transport = ScriptedTransport([.json(#"{"status":"processing"}"#)])
        _ = try await client(transport).fetch(.modelsLabDeepfake, id: 263)
        let request = try #require(transport.requests.first)
        #expect(request.method == .post)
        #expect(request.url.absoluteString == "https://modelslab.com/api/v6/deepfake/fetch/263")
        #expect(request.headers["Content-Type"] == "application/json")
        #expect(request.body.map { String(decoding: $0, as: UTF8.self) } == #"{"key":"test-key"}"#)
        #expect(request.headers.fields.allSatisfy { !$0.value.contains("test-key") })
    }

    @Test func `by name it is modelslab.deepfake, with an integer as the id`() async throws {
        let transport = ScriptedTransport([.json(#"{"status":"processing"}"#)])
        let client = try client(transport)
        _ = try await client.fetch(JobReference("modelslab.deepfake:263"))
        #expect(transport.requests.first?.url.path() == "/api/v6/deepfake/fetch/263")

        let job = try JobReference("modelslab.deepfake:first")
        let error = try #require(await #expect(throws: FetchError.self) { try await client.fetch(job) })
        #expect(error.code == .invalidID)
        #expect(transport.requests.count == 1)
    }

    private func client(_ transport: ScriptedTransport) throws -> FetchClient {
        try FetchClient(
            registry: EndpointRegistry(.modelsLabDeepfake),
            transport: transport,
            credentials: .fixed([.modelsLab: APIKey("test-key")]),
            policy: PollingPolicy(requestTimeout: .seconds(3600))
        )
    }
}
