import FetchCore
import FetchTesting
import Foundation
import ModelsLab
import ModelsLabVideo
import TestSupport
import Testing

@Suite("Video requests") struct VideoRequestTests {
    private let transport = ScriptedTransport([.json(#"{"status":"processing"}"#)])

    @Test func `the endpoint conforms with every documented response`() async throws {
        try await EndpointConformance(
            ModelsLabVideoEndpoint(),
            ids: [1, 77, .max],
            fixtures: [
                .succeeded(fixture("success", in: .module)), .pending(fixture("processing", in: .module)),
                .failed(fixture("error", in: .module)),
            ],
            submissions: [
                .queued(FetchResponse(json: fixture("processing", in: .module)), id: "77", eta: .seconds(60)),
                .succeeded(FetchResponse(json: fixture("success", in: .module))),
                .failed(FetchResponse(json: fixture("error", in: .module))),
                .refused(FetchResponse(json: fixture("unauthorized", in: .module), status: 401), as: .unauthorized),
                .refused(FetchResponse(json: fixture("bad-request", in: .module), status: 400), as: .badRequest),
            ]
        ).check()
    }

    @Test func `the request is a POST with the id in the path and only the key in the JSON body`() async throws {
        _ = try await client.fetch(.modelsLabVideo, id: 12_345)
        let request = try #require(transport.requests.first)
        #expect(request.method == .post)
        #expect(request.url.absoluteString == "https://modelslab.com/api/v6/video/fetch/12345")
        #expect(request.headers["Content-Type"] == "application/json")
        #expect(request.body.map { String(decoding: $0, as: UTF8.self) } == #"{"key":"test-key"}"#)
        #expect(request.headers.fields.allSatisfy { !$0.value.contains("test-key") })
    }

    @Test(arguments: [0, 1, -1, Int64.max, Int64.min])
    func `a 64-bit id keeps all its digits`(id: Int64) async throws {
        _ = try await client.fetch(.modelsLabVideo, id: id)
        #expect(transport.requests.first?.url.lastPathComponent == String(id))
    }

    @Test func `the largest id in a job reference keeps all its digits`() async throws {
        _ = try await client.fetch(JobReference("modelslab.video:9223372036854775807"))
        #expect(transport.requests.first?.url.path() == "/api/v6/video/fetch/9223372036854775807")
    }

    @Test(arguments: ["abc-def", "1.2202888e+07", "1 2", "9223372036854775808"])
    func `an id in a job reference that is not a 64-bit integer is refused before a request is sent`(id: String)
        async throws
    {
        let client = try client
        let job = try JobReference(endpoint: "modelslab.video", id: id)
        let error = try #require(await #expect(throws: FetchError.self) { try await client.fetch(job) })
        #expect(error.code == .invalidID)
        #expect(transport.requests.isEmpty)
    }

    @Test func `the registry resolves a video's fetch_result to the job, and no other family's`() throws {
        let registry = try client.registry
        let own = try #require(URL(string: "https://modelslab.com/api/v6/video/fetch/9223372036854775807"))
        #expect(try registry.reference(for: own) == JobReference("modelslab.video:9223372036854775807"))
        let other = try #require(URL(string: "https://modelslab.com/api/v6/voice/fetch/7"))
        #expect(registry.reference(for: other) == nil)
    }

    private var client: FetchClient {
        get throws {
            try FetchClient(
                registry: EndpointRegistry(.modelsLabVideo),
                transport: transport,
                credentials: .fixed([.modelsLab: APIKey("test-key")]),
                configuration: FetchClient.Configuration(policy: PollingPolicy(requestTimeout: .seconds(3600)))
            )
        }
    }
}
