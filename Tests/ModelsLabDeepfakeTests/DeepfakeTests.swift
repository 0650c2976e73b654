import FetchCore
import FetchTesting
import Foundation
import ModelsLab
import ModelsLabDeepfake
import TestSupport
import Testing

@Suite("Deepfake endpoint") struct DeepfakeTests {
    @Test func `the endpoint conforms with every documented response`() async throws {
        try await EndpointConformance(
            ModelsLabDeepfakeEndpoint(),
            ids: [1, 263],
            fixtures: [
                .succeeded(fixture("success", in: .module)), .pending(fixture("processing", in: .module)),
            ],
            submissions: [
                .queued(FetchResponse(json: fixture("submission", in: .module)), id: "263", eta: .seconds(30)),
                .succeeded(FetchResponse(json: fixture("success", in: .module))),
                // Without an id, "try again later" means that nothing was submitted.
                .refused(FetchResponse(json: fixture("processing", in: .module)), as: .malformedResponse),
            ]
        ).check()
    }

    @Test func `a succeeded deepfake has every field of the documented example`() async throws {
        let deepfake = try await client(ScriptedTransport([.json(fixture("success", in: .module))]))
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

    @Test func `a processing response without id and ETA is pending`() async throws {
        let state = try await client(ScriptedTransport([.json(fixture("processing", in: .module))]))
            .fetch(.modelsLabDeepfake, id: 263)
        guard case .pending(let progress) = state else {
            Issue.record("Unexpected state: \(state)")
            return
        }
        #expect(progress.message == "try again later.")
        #expect(progress.eta == nil)
    }

    @Test func `descriptions omit the tip, which contains advertising and internal hosts`() async throws {
        let deepfake = try await client(ScriptedTransport([.json(fixture("success", in: .module))]))
            .result(.modelsLabDeepfake, id: 263)
        #expect(!"\(deepfake)".contains("backend.test"))
        let state = try await client(ScriptedTransport([.json(fixture("processing", in: .module))]))
            .fetch(.modelsLabDeepfake, id: 263)
        guard case .pending(let progress) = state else {
            Issue.record("Unexpected state: \(state)")
            return
        }
        #expect(!"\(progress)".contains("backend.test"))
    }

    @Test func `the request path is deepfake, not realtime as in two documented samples`() async throws {
        let transport = ScriptedTransport([.json(#"{"status":"processing"}"#)])
        _ = try await client(transport).fetch(.modelsLabDeepfake, id: 263)
        let request = try #require(transport.requests.first)
        #expect(request.method == .post)
        #expect(request.url.absoluteString == "https://modelslab.com/api/v6/deepfake/fetch/263")
        #expect(request.headers["Content-Type"] == "application/json")
        #expect(request.body.map { String(decoding: $0, as: UTF8.self) } == #"{"key":"test-key"}"#)
        #expect(request.headers.fields.allSatisfy { !$0.value.contains("test-key") })
    }

    @Test func `a job reference has the name modelslab.deepfake and an integer id`() async throws {
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
            configuration: FetchClient.Configuration(policy: PollingPolicy(requestTimeout: .seconds(3600)))
        )
    }
}
