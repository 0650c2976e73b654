import FetchCore
import FetchTesting
import Foundation
import ModelsLab
import ModelsLabVideo
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Samples from the doc comments of FetchTesting and ModelsLab.
@Suite("Test kit samples") struct TestKitSamples {
    @Test func conforms() async throws {
        try await EndpointConformance(Interior(), ids: [1, 77]).check()
    }

    @Test func `an endpoint conforms with fixtures`() async throws {
        try await EndpointConformance(
            Interior(),
            ids: [1, 77],
            fixtures: [
                .pending(#"{"status":"processing","eta":20}"#),
                .succeeded(#"{"status":"success","output":["https://example.com/a.png"]}"#),
                .failed(#"{"status":"failed","message":"no room was found"}"#),
            ]
        ).check()
    }

    @Test func `an endpoint conforms with submissions`() async throws {
        try await EndpointConformance(
            Interior(),
            ids: [1, 77],
            submissions: [
                .queued(FetchResponse(json: #"{"status":"processing","id":77,"eta":20}"#), id: "77", eta: .seconds(20)),
                .succeeded(FetchResponse(json: #"{"status":"success","output":["https://example.com/a.png"]}"#)),
            ]
        ).check()
    }

    @Test func `polling runs in virtual time`() async throws {
        let transport = ScriptedTransport([.json(#"{"status":"success","output":["https://example.com/a.mp4"]}"#)])
        try await Self.virtualTime(transport)
        try await Self.simulation()
    }

    @Test func `a loopback server responds to URLSession`() async throws {
        // The shared session gives up after a minute, which can pass while other tests use all processors.
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = 3_600
        let session = URLSession(configuration: configuration)
        defer { session.finishTasksAndInvalidate() }
        let server = try LoopbackServer(serving: ScriptedTransport([.json(#"{"status":"processing"}"#)]))
        defer { server.stop() }
        let (body, response) = try await session.data(from: server.url)
        #expect(body == Data(#"{"status":"processing"}"#.utf8))
        #expect((response as? HTTPURLResponse)?.statusCode == 200)
    }

    private static func virtualTime(_ transport: ScriptedTransport) async throws {
        let clock = VirtualClock()
        let client = FetchClient(
            transport: transport,
            credentials: .none,
            environment: FetchClient.Environment(clock: clock, wallClock: clock.wallClock)
        )
        let text = try await clock.run {
            try await client.result(OpenTranscript(), id: "a1b2")
        }
        #expect(clock.elapsed == .zero)
        #expect(!text.isEmpty)
    }

    private static func simulation() async throws {
        let clock = VirtualClock()
        let service = SimulatedModelsLab(
            keys: ["modelslab": "sk-test"],
            jobs: [.init(family: "video", id: "42", duration: .seconds(90), eta: .seconds(60))],
            clock: clock
        )
        let client = FetchClient(
            transport: service,
            credentials: .fixed(["modelslab": APIKey("sk-test")]),
            environment: FetchClient.Environment(clock: clock, wallClock: clock.wallClock)
        )
        let video = try await clock.run { try await client.result(.modelsLabVideo, id: 42) }
        #expect(!video.outputs.isEmpty)
    }
}

/// A ModelsLab endpoint that reads the state of the job from the envelope's message.
struct Bakery: FetchEndpoint, Hashable {
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

/// An endpoint without authorization.
struct OpenTranscript: FetchEndpoint, Hashable {
    let name: EndpointName = "example.open"
    let provider: ProviderID = "example"
    let baseURL = URL(string: "https://api.example.com/v2")!
    let method = RequestMethod.post
    let path: PathTemplate = "open/{id}"
    let authorization = Authorization.none

    func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<String> {
        try response.requireSuccess()
        return .succeeded(String(decoding: response.body, as: UTF8.self))
    }
}
