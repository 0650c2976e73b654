import FetchCore
import FetchTesting
import Foundation
import ModelsLab
import ModelsLabVideo
import Testing

@Suite struct `How a video is asked about` {
    private let transport = ScriptedTransport([.json(#"{"status":"processing"}"#)])

    @Test func `it keeps the rules of an endpoint, with every documented answer`() async throws {
        try await EndpointConformance(
            ModelsLabVideoEndpoint(),
            ids: [1, 77, .max],
            fixtures: [
                .succeeded(fixture("success")), .pending(fixture("processing")), .failed(fixture("error")),
            ]
        ).check()
    }

    @Test func `as documented: POST, the id in the path, the key alone in a JSON body`() async throws {
        _ = try await client.fetch(.modelsLabVideo, id: 12_345)
        let request = try #require(transport.requests.first)
        #expect(request.method == .post)
        #expect(request.url.absoluteString == "https://modelslab.com/api/v6/video/fetch/12345")
        #expect(request.headers["Content-Type"] == "application/json")
        #expect(request.body.map { String(decoding: $0, as: UTF8.self) } == #"{"key":"test-key"}"#)
        #expect(request.headers.fields.allSatisfy { !$0.value.contains("test-key") })
    }

    @Test(arguments: [0, 1, -1, Int64.max, Int64.min])
    func `an id is a 64-bit integer and keeps all its digits`(id: Int64) async throws {
        _ = try await client.fetch(.modelsLabVideo, id: id)
        #expect(transport.requests.first?.url.lastPathComponent == String(id))
    }

    @Test func `by name the largest id keeps all its digits, too`() async throws {
        _ = try await client.fetch(JobReference("modelslab.video:9223372036854775807"))
        #expect(transport.requests.first?.url.path() == "/api/v6/video/fetch/9223372036854775807")
    }

    @Test(arguments: ["abc-def", "1.2202888e+07", "1 2", "9223372036854775808"])
    func `by name, a text that is no such integer is refused before anything is sent`(id: String) async throws {
        let client = try client
        let job = try JobReference(endpoint: "modelslab.video", id: id)
        let error = try #require(await #expect(throws: FetchError.self) { try await client.fetch(job) })
        #expect(error.code == .invalidID)
        #expect(transport.requests.isEmpty)
    }

    @Test func `a video's own fetch_result leads back to it, and no other family's does`() throws {
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
                policy: PollingPolicy(requestTimeout: .seconds(3600))
            )
        }
    }
}
