import FetchCore
import FetchTesting
import Foundation
import ModelsLab
import ModelsLabFaceSwap
import Testing

@Suite struct `How a face swap is asked about` {
    private let transport = ScriptedTransport([.json(#"{"status":"processing"}"#)])

    @Test func `it keeps the rules of an endpoint, with every documented answer`() async throws {
        try await EndpointConformance(
            ModelsLabFaceSwapEndpoint(),
            ids: [1, 77, .max],
            fixtures: [
                .succeeded(fixture("success")), .succeeded(fixture("success-without-status")),
                .pending(fixture("processing")),
            ]
        ).check()
    }

    @Test func `as documented: POST, the id in the path, the key alone in a JSON body`() async throws {
        _ = try await client.fetch(.modelsLabFaceSwap, id: 48_231_907)
        let request = try #require(transport.requests.first)
        #expect(request.method == .post)
        #expect(request.url.absoluteString == "https://modelslab.com/api/v6/faceswap/fetch/48231907")
        #expect(request.headers["Content-Type"] == "application/json")
        #expect(request.body.map { String(decoding: $0, as: UTF8.self) } == #"{"key":"test-key"}"#)
        #expect(request.headers.fields.allSatisfy { !$0.value.contains("test-key") })
    }

    @Test(arguments: [0, 1, -1, Int.max])
    func `an id is an integer, written as one`(id: Int) async throws {
        _ = try await client.fetch(.modelsLabFaceSwap, id: id)
        #expect(transport.requests.first?.url.lastPathComponent == String(id))
    }

    @Test(arguments: ["abc", "1.0", "+7", "007", " 7", "9223372036854775808"])
    func `by name, a text that is no such integer is refused before anything is sent`(id: String) async throws {
        let client = try client
        let job = try JobReference(endpoint: "modelslab.faceswap", id: id)
        let error = try #require(await #expect(throws: FetchError.self) { try await client.fetch(job) })
        #expect(error.code == .invalidID)
        #expect(transport.requests.isEmpty)
    }

    @Test func `by name it is modelslab.faceswap`() async throws {
        let state = try await client.fetch(JobReference("modelslab.faceswap:5"))
        #expect(!state.isTerminal)
        #expect(transport.requests.first?.url.path() == "/api/v6/faceswap/fetch/5")
    }

    @Test func `a job's own fetch_result leads back to it`() throws {
        let url = try #require(URL(string: "https://modelslab.com/api/v6/faceswap/fetch/48231907"))
        #expect(try client.registry.reference(for: url) == JobReference("modelslab.faceswap:48231907"))
    }

    private var client: FetchClient {
        get throws {
            try FetchClient(
                registry: EndpointRegistry(.modelsLabFaceSwap),
                transport: transport,
                credentials: .fixed([.modelsLab: APIKey("test-key")]),
                policy: PollingPolicy(requestTimeout: .seconds(3600))
            )
        }
    }
}
