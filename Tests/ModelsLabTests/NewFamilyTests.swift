import FetchCore
import FetchTesting
import Foundation
import ModelsLab
import TestSupport
import Testing

@Suite("Custom families") struct NewFamilyTests {
    @Test func `a family of name, path and id type is polled by type and by name`() async throws {
        let clock = VirtualClock()
        let transport = try script(["processing-bare", "success-picture", "processing", "success-picture"])
        let client = try FetchClient(
            registry: EndpointRegistry(Interior()),
            transport: transport,
            credentials: .fixed([.modelsLab: APIKey("test-key")]),
            environment: FetchClient.Environment(clock: clock, wallClock: clock.wallClock)
        )
        let typed = try await clock.run { try await client.result(Interior(), id: 67_545) }
        let named = try await clock.run { try await client.result(JobReference("modelslab.interior:67545")) }
        #expect(typed.outputArtifacts.map(\.content) == named.outputArtifacts.map(\.content))
        #expect(typed.meta?["prompt"] == "a lighthouse")
        for request in transport.requests {
            #expect(request.description == "POST https://modelslab.com/api/v6/interior/fetch/67545")
            #expect(request.body.map { String(decoding: $0, as: UTF8.self) } == #"{"key":"test-key"}"#)
        }
    }

    @Test func `custom families conform`() async throws {
        try await EndpointConformance(Interior(), ids: [1, .max]).check()
        try await EndpointConformance(TypedInterior(), ids: [1, .max]).check()
        try await EndpointConformance(controlNet, ids: [1, .max]).check()
        try await EndpointConformance(communityImage, ids: ["1", "a/b"]).check()
    }

    @Test func `a preset is used like those of the included families`() async throws {
        let transport = try script(["success-picture"])
        let client = client(transport)
        let picture = try await client.result(.interiorPreset, id: 67_545)
        #expect(picture.outputs.count == 1)
        #expect(
            transport.requests.map(\.description) == ["POST https://modelslab.com/api/v6/interior/fetch/67545"]
        )
    }

    @Test(arguments: [
        (ModelsLabAPI.v1, "https://modelslab.com/api/v1", ProviderID.modelsLab),
        (.v3, "https://modelslab.com/api/v3", .modelsLab),
        (.v4, "https://modelslab.com/api/v4", .modelsLab),
        (.v5, "https://modelslab.com/api/v5", .modelsLab),
        (.v6, "https://modelslab.com/api/v6", .modelsLab),
        (.v7, "https://modelslab.com/api/v7", .modelsLab),
        (.enterprise, "https://modelslab.com/api/v1/enterprise", .modelsLabEnterprise),
        (
            ModelsLabAPI(baseURL: URL(string: "https://example.com/api/v8")!), "https://example.com/api/v8", .modelsLab
        ),
    ])
    func `a family can use any API version and its account`(
        api: ModelsLabAPI,
        baseURL: String,
        provider: ProviderID
    ) async throws {
        let transport = try script(["success-picture"])
        let client = FetchClient(
            transport: transport,
            credentials: .fixed([provider: APIKey("its-key")]),
            configuration: FetchClient.Configuration(policy: PollingPolicy(requestTimeout: .seconds(3600)))
        )
        let family = ModelsLabFamily<Int64>("modelslab.video-fusion", api: api, path: "video-fusion/fetch/{id}")
        #expect(family.provider == provider)
        _ = try await client.result(family, id: 67_545)
        let request = try #require(transport.requests.first)
        #expect(request.description == "POST \(baseURL)/video-fusion/fetch/67545")
        #expect(request.body.map { String(decoding: $0, as: UTF8.self) } == #"{"key":"its-key"}"#)
    }

    @Test func `a family without a placeholder for the id is refused at registration`() throws {
        let error = #expect(throws: FetchError.self) {
            try EndpointRegistry(ModelsLabFamily<String>("modelslab.images", path: "images/fetch"))
        }
        #expect(error?.code == .malformedEndpoint)
    }

    @Test func `a family can be polled by GET without a key`() async throws {
        let transport = try script(["success-picture"])
        let picture = try await client(transport).result(controlNet, id: 67_545)
        #expect(picture.outputs.count == 1)
        let request = try #require(transport.requests.first)
        #expect(request.description == "GET https://modelslab.com/api/v5/images/fetch/67545")
        #expect(request.body == nil)
    }

    @Test func `a family can have the id in the body`() async throws {
        let transport = try script(["success-picture"])
        _ = try await client(transport).result(communityImage, id: "67545")
        let request = try #require(transport.requests.first)
        #expect(request.url.absoluteString == "https://modelslab.com/api/v6/images/fetch")
        #expect(
            request.body.map { String(decoding: $0, as: UTF8.self) } == #"{"key":"test-key","request_id":"67545"}"#
        )
    }

    @Test func `a family can read the state from an envelope`() async throws {
        let transport = ScriptedTransport([
            .json(#"{"status":"success","messege":"baking"}"#),
            .json(#"{"messege":"baking"}"#),
            .json(#"{"status":"processing","messege":"finished","eta":4}"#),
            .json(#"{"status":"success","messege":"finished","data":7}"#),
            .json(#"{"status":"failed","messege":"The oven is out."}"#),
        ])
        let client = client(transport)
        #expect(try await client.fetch(Bakery(), id: 1) == .pending(JobProgress()))
        #expect(try await client.fetch(Bakery(), id: 1) == .pending(JobProgress()))
        let eta = JobProgress(eta: .seconds(4), message: "finished", details: ["status": "processing"])
        #expect(try await client.fetch(Bakery(), id: 1) == .pending(eta))
        #expect(try await client.fetch(Bakery(), id: 1) == .succeeded(7))
        #expect(try await client.fetch(Bakery(), id: 1) == .failed(JobFailure(message: "The oven is out.")))
    }

    @Test(arguments: [
        #"{"status":"error","message":"Invalid API key"}"#, #"{"message":"Invalid API key"}"#,
    ])
    func `an envelope with an invalid key is an error of the request`(body: String) async throws {
        let error = await #expect(throws: FetchError.self) {
            try await client(ScriptedTransport([.json(body)])).fetch(Bakery(), id: 1)
        }
        #expect(error?.code == .unauthorized)
    }

    @Test func `a family can have typed metadata`() async throws {
        let lighthouse = try await client(try script(["success-picture"])).result(TypedInterior(), id: 67_545)
        #expect(lighthouse.meta == TypedInterior.Meta(prompt: "a lighthouse"))
    }

    private func client(_ transport: ScriptedTransport) -> FetchClient {
        FetchClient(
            transport: transport,
            credentials: .fixed([.modelsLab: APIKey("test-key")]),
            configuration: FetchClient.Configuration(policy: PollingPolicy(requestTimeout: .seconds(3600)))
        )
    }

    private func script(_ names: [String]) throws -> ScriptedTransport {
        try ScriptedTransport(names.map { .json(try fixture($0, in: .module)) })
    }
}

private let controlNet = ModelsLabFamily<Int64>(
    "modelslab.controlnet",
    api: .v5,
    path: "images/fetch/{id}",
    method: .get,
    authorization: .none
)

private let communityImage = ModelsLabFamily<String>(
    "modelslab.images",
    path: "images/fetch",
    idField: "request_id"
)

extension FetchPlugin where Self == ModelsLabFamily<Int64> {
    fileprivate static var interiorPreset: Self { Self("modelslab.interior", path: "interior/fetch/{id}") }
}

private struct Bakery: FetchEndpoint, Hashable {
    let name: EndpointName = "modelslab.bakery"
    let provider: ProviderID = .modelsLab
    let baseURL = ModelsLabAPI.v6.baseURL
    let method = RequestMethod.post
    let path: PathTemplate = "bakery/fetch/{id}"
    let authorization = Authorization.jsonBody("key")

    func answer(to id: Int64, from response: FetchResponse) throws -> FetchAnswer<JSONValue> {
        let reply = try ModelsLabReply(response)
        return try reply.answer(ofSuccess: {
            reply.message == "finished" ? .succeeded(reply.fields["data"] ?? .null) : .pending
        })
    }
}

private struct TypedInterior: ModelsLabEndpoint {
    typealias ID = Int64
    let name: EndpointName = "modelslab.interior"
    let path: PathTemplate = "interior/fetch/{id}"

    struct Meta: GenerationMeta {
        var prompt: String?

        init(prompt: String?) { self.prompt = prompt }
        init(metaFields fields: [String: JSONValue]) { prompt = fields["prompt"]?.string }
    }
}
