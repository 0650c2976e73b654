import FetchCore
import FetchTesting
import Foundation
import ModelsLab
import ModelsLabFaceSwap
import TestSupport
import Testing

@Suite("Face swap requests") struct FaceSwapRequestTests {
    private let transport = ScriptedTransport([.json(#"{"status":"processing"}"#)])

    @Test func `the endpoint conforms with every documented response`() async throws {
        try await EndpointConformance(
            ModelsLabFaceSwapEndpoint(),
            ids: [1, 77, .max],
            fixtures: [
                .succeeded(fixture("success", in: .module)), .succeeded(fixture("success-without-status", in: .module)),
                .pending(fixture("processing", in: .module)),
            ],
            submissions: [
                .queued(FetchResponse(json: fixture("processing", in: .module)), id: "48231907", eta: .seconds(20)),
                .succeeded(FetchResponse(json: fixture("success", in: .module))),
            ]
        ).check()
    }

    @Test func `the request is a POST with the id in the path and only the key in the JSON body`() async throws {
        _ = try await client.fetch(.modelsLabFaceSwap, id: 48_231_907)
        let request = try #require(transport.requests.first)
        #expect(request.method == .post)
        #expect(request.url.absoluteString == "https://modelslab.com/api/v6/faceswap/fetch/48231907")
        #expect(request.headers["Content-Type"] == "application/json")
        #expect(request.body.map { String(decoding: $0, as: UTF8.self) } == #"{"key":"test-key"}"#)
        #expect(request.headers.fields.allSatisfy { !$0.value.contains("test-key") })
    }

    @Test(arguments: [0, 1, -1, Int64.max])
    func `an id is an integer in decimal notation`(id: Int64) async throws {
        _ = try await client.fetch(.modelsLabFaceSwap, id: id)
        #expect(transport.requests.first?.url.lastPathComponent == String(id))
    }

    @Test(arguments: ["abc", "1.0", "+7", "007", " 7", "9223372036854775808"])
    func `an id in a job reference that is not an integer is refused before a request is sent`(id: String) async throws
    {
        let client = try client
        let job = try JobReference(endpoint: "modelslab.faceswap", id: id)
        let error = try #require(await #expect(throws: FetchError.self) { try await client.fetch(job) })
        #expect(error.code == .invalidID)
        #expect(transport.requests.isEmpty)
    }

    @Test func `a job reference has the name modelslab.faceswap`() async throws {
        let state = try await client.fetch(JobReference("modelslab.faceswap:5"))
        #expect(!state.isTerminal)
        #expect(transport.requests.first?.url.path() == "/api/v6/faceswap/fetch/5")
    }

    @Test func `the registry resolves a job's fetch_result to the job`() throws {
        let url = try #require(URL(string: "https://modelslab.com/api/v6/faceswap/fetch/48231907"))
        #expect(try client.registry.reference(for: url) == JobReference("modelslab.faceswap:48231907"))
    }

    private var client: FetchClient {
        get throws {
            try FetchClient(
                registry: EndpointRegistry(.modelsLabFaceSwap),
                transport: transport,
                credentials: .fixed([.modelsLab: APIKey("test-key")]),
                configuration: FetchClient.Configuration(policy: PollingPolicy(requestTimeout: .seconds(3600)))
            )
        }
    }
}
