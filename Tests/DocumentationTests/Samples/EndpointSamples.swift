import FetchCore
import FetchTesting
import Foundation
import ModelsLab
import ModelsLabWorkflow
import Testing

/// Samples from Documentation/ModelsLab.md.
enum FamilySamples {
    static func one(_ registry: inout EndpointRegistry) throws {
        try registry.register(ModelsLabFamily<Int64>("modelslab.interior", path: "interior/fetch/{id}"))
    }

    static func several() throws {
        let registry = try EndpointRegistry(
            ModelsLabFamily<Int64>("modelslab.interior", path: "interior/fetch/{id}"),
            ModelsLabFamily<Int64>("modelslab.video-fusion", api: .v7, path: "video-fusion/fetch/{id}"),
            ModelsLabFamily<String>("modelslab.enterprise.qwen", api: .enterprise, path: "qwen/fetch/{id}"),
            ModelsLabFamily<String>("modelslab.images", path: "images/fetch", idField: "request_id"),
            ModelsLabFamily<Int64>(
                "modelslab.controlnet",
                api: .v5,
                path: "images/fetch/{id}",
                method: .get,
                authorization: .none
            )
        )
        print(registry)
    }

    static func preset(_ client: FetchClient) async throws {
        print(try await client.result(.modelsLabInterior, id: 77))
    }

    static func workflow(_ client: FetchClient) async throws {
        let run = WorkflowRun(workflow: "6351a2b3-82ce-4d27-8c3d-2f7fa1e19e30", run: 12345)
        let output = try await client.result(.modelsLabWorkflow, id: run)
        print(output.outputArtifacts, output.steps)
    }
}

extension FetchPlugin where Self == ModelsLabFamily<Int64> {
    static var modelsLabInterior: Self { Self("modelslab.interior", path: "interior/fetch/{id}") }
}

struct Staging: ModelsLabEndpoint {
    typealias ID = Int64
    let name: EndpointName = "modelslab.staging"
    let path: PathTemplate = "interior/fetch/{id}"

    struct Meta: GenerationMeta {
        var prompt: String?

        init(metaFields fields: [String: JSONValue]) { prompt = fields["prompt"]?.string }
    }
}

struct Interior: ModelsLabEndpoint {
    typealias ID = Int64
    let name: EndpointName = "modelslab.interior"
    let path: PathTemplate = "interior/fetch/{id}"
}

struct Transcript: FetchEndpoint, Hashable {
    let name: EndpointName = "example.transcript"
    let provider: ProviderID = "example"
    let baseURL = URL(string: "https://api.example.com/v2")!
    let method = RequestMethod.get
    let path: PathTemplate = "transcript/{id}"
    let authorization = Authorization.header("X-Api-Key")

    func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<String> {
        let body: Body = try response.json()
        return switch body.status {
        case "completed": .succeeded(body.text ?? "")
        case "error": .failed(JobFailure(message: body.error))
        default: .pending
        }
    }

    private struct Body: Decodable {
        var status: String
        var text: String?
        var error: String?
    }
}

struct Rendering: FetchEndpoint, Hashable {
    let name: EndpointName = "example.rendering"
    let provider: ProviderID = "example"
    let baseURL = URL(string: "https://api.example.com/v2")!
    let method = RequestMethod.get
    let path: PathTemplate = "renderings/{id}"
    let authorization = Authorization.bearer

    func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<Artifact> {
        let body: Body = try response.json()
        guard body.status == "completed" else { return .pending }
        return .followUp(
            FollowUp("renderings/{id}/content") { .succeeded(try Artifact($0)) }
        )
    }

    private struct Body: Decodable {
        var status: String
    }
}

/// Stands for the HMAC of a cryptographic library.
private func hmac(of text: String, key: some StringProtocol) -> String { "\(text.count)\(key.count)" }

struct Signed: FetchEndpoint, Hashable {
    let name: EndpointName = "example.signed"
    let provider: ProviderID = "example"
    let baseURL = URL(string: "https://api.example.com/v2")!
    let method = RequestMethod.get
    let path: PathTemplate = "jobs/{id}"
    let authorization = Authorization.signed

    func sign(_ request: inout FetchRequest, with key: APIKey, at date: Date) throws {
        let parts = key.secret.split(separator: ":", maxSplits: 1)
        guard parts.count == 2 else {
            throw FetchError(.malformedKey, "the key has no colon", remedy: "Write the key as id:secret.")
        }
        let time = String(Int(date.timeIntervalSince1970))
        let text = "\(request.method)\n\(request.url.path(percentEncoded: true))\n\(time)"
        request.headers["X-Time"] = time
        request.headers["Authorization"] = "HMAC \(parts[0]):\(hmac(of: text, key: parts[1]))"
    }

    func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<JSONValue> {
        let body: JSONValue = try response.json()
        return body["status"] == "done" ? .succeeded(body["output"] ?? .null) : .pending
    }
}

enum SignedSamples {
    static func conforms() async throws {
        try await EndpointConformance(Signed(), ids: ["a1b2", "c3/d4"], key: APIKey("id-4711:test-secret-0002")).check()
    }
}

struct RunID: FetchID {
    var workflow: String
    var run: Int

    static let jobIDExpectation = "a workflow and a run number, such as upscale/7"
    var description: String { "\(workflow)/\(run)" }

    init?(_ text: String) {
        let parts = text.split(separator: "/")
        guard parts.count == 2, let run = Int(parts[1]) else { return nil }
        (self.workflow, self.run) = (String(parts[0]), run)
    }
}

struct Run: FetchEndpoint, Hashable {
    let name: EndpointName = "example.run"
    let provider: ProviderID = "example"
    let baseURL = URL(string: "https://api.example.com/v2")!
    let method = RequestMethod.post
    let idForm: IDForm = "{workflow}/{run}"
    let path: PathTemplate = "workflows/{workflow}/runs/{run}"
    let authorization = Authorization.bearer

    func answer(to id: RunID, from response: FetchResponse) throws -> FetchAnswer<JSONValue> {
        .succeeded(try response.json())
    }
}

struct Slideshow: Hashable {
    let name: EndpointName = "example.slideshow"
    let provider: ProviderID = "example"
    let baseURL = URL(string: "https://api.example.com/v2")!
    let method = RequestMethod.post
    let path: PathTemplate = "slideshows/{id}"
    let authorization = Authorization.bearer
    let requestTimeout: Duration? = .seconds(75)
}

extension Slideshow: FetchEndpoint {
    func body(for id: String) throws -> RequestBody? { .json(["wait_seconds": 60]) }

    func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<[Artifact]> {
        let body: JSONValue = try response.json()
        return body["done"] == true ? .succeeded(body.outputArtifacts) : .pending
    }
}

struct Picture: FetchEndpoint, Hashable {
    let name: EndpointName = "example.picture"
    let provider: ProviderID = "example"
    let baseURL = URL(string: "https://api.example.com/v1")!
    let domains = ["example.com"]
    let method = RequestMethod.get
    let authorization = Authorization.header("X-Key")

    func answer(to id: PollingURL, from response: FetchResponse) throws -> FetchAnswer<URL> {
        let body: Body = try response.json()
        return body.sample.map { .succeeded($0) } ?? .pending
    }

    private struct Body: Decodable {
        var sample: URL?
    }
}

struct Film: FetchOutput {
    var video: URL
    var subtitles: String

    var outputArtifacts: [Artifact] {
        [Artifact(.url(video), mediaType: "video/mp4"), Artifact(.text(subtitles), mediaType: "text/vtt")]
    }
}

extension FetchPlugin where Self == Transcript {
    static var transcript: Self { Self() }
}

struct ExamplePlugin: FetchPlugin {
    var endpoints: [any FetchEndpoint] { [Transcript(), Rendering()] }
}
