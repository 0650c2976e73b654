import FetchCore
import FetchTesting
import Foundation
import ModelsLab
import Testing

@Suite struct `A family of one's own` {
    @Test func `takes a name, a path and a type of id, and is polled by type and by name`() async throws {
        let clock = VirtualClock()
        let transport = try script(["processing-bare", "success-picture", "processing", "success-picture"])
        let client = try FetchClient(
            registry: EndpointRegistry(Interior()),
            transport: transport,
            credentials: .fixed([.modelsLab: APIKey("test-key")]),
            clock: clock,
            wallClock: clock.wallClock
        )
        let typed = try await clock.run { try await client.result(Interior(), id: 67_545) }
        let named = try await clock.run { try await client.result(JobReference("modelslab.interior:67545")) }
        #expect(typed.artifacts == named.artifacts)
        #expect(typed.meta?["prompt"] == "a lighthouse")
        for request in transport.requests {
            #expect(request.description == "POST https://modelslab.com/api/v6/interior/fetch/67545")
            #expect(request.body.map { String(decoding: $0, as: UTF8.self) } == #"{"key":"test-key"}"#)
        }
    }

    @Test func `keeps the rules of an endpoint by itself`() async throws {
        try await EndpointConformance(Interior(), ids: [1, .max]).check()
        try await EndpointConformance(ControlNet(), ids: [1, .max]).check()
        try await EndpointConformance(CommunityImage(), ids: ["1", "a/b"]).check()
        let runs = [WorkflowRun.ID(workflow: "upscale", run: 7), WorkflowRun.ID(workflow: "a b", run: 8)]
        try await EndpointConformance(WorkflowRun(), ids: runs).check()
    }

    @Test func `may be asked by GET without a key`() async throws {
        let transport = try script(["success-picture"])
        let picture = try await client(transport).result(ControlNet(), id: 67_545)
        #expect(picture.outputs.count == 1)
        let request = try #require(transport.requests.first)
        #expect(request.description == "GET https://modelslab.com/api/v5/images/fetch/67545")
        #expect(request.body == nil)
    }

    @Test func `may have the id in the body`() async throws {
        let transport = try script(["success-picture"])
        _ = try await client(transport).result(CommunityImage(), id: "67545")
        let request = try #require(transport.requests.first)
        #expect(request.url.absoluteString == "https://modelslab.com/api/v6/images/fetch")
        #expect(
            request.body.map { String(decoding: $0, as: UTF8.self) } == #"{"key":"test-key","request_id":"67545"}"#
        )
    }

    @Test func `may have the key in a header, two values as its id and states of its own`() async throws {
        let transport = ScriptedTransport([
            .json(#"{"status":"success","execution":{"status":"running"}}"#),
            .json(#"{"status":"success","execution":{"status":"failed","error":"Step 2 is missing."}}"#),
            .json(#"{"status":"error","message":"Invalid API key"}"#),
        ])
        let client = client(transport)
        let id = WorkflowRun.ID(workflow: "6351a2b3", run: 7)
        #expect(try await client.fetch(WorkflowRun(), id: id) == .pending(JobProgress()))
        #expect(try await client.fetch(WorkflowRun(), id: id) == .failed(JobFailure(message: "Step 2 is missing.")))
        let error = try #require(
            await #expect(throws: FetchError.self) { try await client.fetch(WorkflowRun(), id: id) }
        )
        #expect(error.code == .unauthorized)
        let request = try #require(transport.requests.first)
        #expect(request.description == "GET https://modelslab.com/api/v1/workflows/6351a2b3/runs/7")
        #expect(request.headers["key"] == "test-key")
        #expect(request.body == nil)
    }

    @Test func `may read its metadata into a struct`() async throws {
        let lighthouse = try await client(try script(["success-picture"])).result(TypedInterior(), id: 67_545)
        #expect(lighthouse.meta == TypedInterior.Meta(prompt: "a lighthouse"))
    }

    private func client(_ transport: ScriptedTransport) -> FetchClient {
        FetchClient(
            transport: transport,
            credentials: .fixed([.modelsLab: APIKey("test-key")]),
            policy: PollingPolicy(requestTimeout: .seconds(3600))
        )
    }

    private func script(_ names: [String]) throws -> ScriptedTransport {
        try ScriptedTransport(names.map { .json(try fixture($0)) })
    }
}

private struct ControlNet: ModelsLabEndpoint {
    typealias ID = Int64
    let name: EndpointName = "modelslab.controlnet"
    let baseURL = URL(string: "https://modelslab.com/api/v5")!
    let method = HTTPMethod.get
    let path: PathTemplate = "images/fetch/{id}"
    let authorization = Authorization.none
}

private struct CommunityImage: ModelsLabEndpoint {
    let name: EndpointName = "modelslab.images"
    let path: PathTemplate = "images/fetch"

    func body(for id: String) -> RequestBody? { .json(["request_id": .string(id)]) }
}

private struct TypedInterior: ModelsLabEndpoint {
    typealias ID = Int64
    let name: EndpointName = "modelslab.interior"
    let path: PathTemplate = "interior/fetch/{id}"

    struct Meta: GenerationMeta {
        var prompt: String?

        init(prompt: String?) { self.prompt = prompt }
        init(fields: [String: JSONValue]) { prompt = fields["prompt"]?.string }
    }
}

private struct WorkflowRun: ModelsLabEndpoint {
    let name: EndpointName = "modelslab.workflow"
    let baseURL = URL(string: "https://modelslab.com/api/v1")!
    let method = HTTPMethod.get
    let idForm: IDForm = "{workflow}/{run}"
    let path: PathTemplate = "workflows/{workflow}/runs/{run}"
    let authorization = Authorization.header("key")

    func answer(to id: ID, from response: FetchResponse) throws -> FetchAnswer<Generation<[String: JSONValue]>> {
        let reply = try ModelsLabReply(response)
        let execution = reply.fields["execution"]
        return switch execution?["status"]?.string {
        case "completed", nil: try reply.answer()
        case "failed": .failed(JobFailure(message: execution?["error"]?.string))
        default: .pending
        }
    }

    struct ID: FetchID {
        var workflow: String
        var run: Int

        static let expectation = "a workflow and a run number, such as upscale/7"
        var description: String { "\(workflow)/\(run)" }

        init(workflow: String, run: Int) {
            (self.workflow, self.run) = (workflow, run)
        }

        init?(_ text: String) {
            let parts = text.split(separator: "/", maxSplits: 1)
            guard parts.count == 2, let run = Int(parts[1]) else { return nil }
            self.init(workflow: String(parts[0]), run: run)
        }
    }
}
