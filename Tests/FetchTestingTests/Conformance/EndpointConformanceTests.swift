import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite struct EndpointConformanceTests {
    @Test func `an endpoint that keeps the rules passes in three lines`() async throws {
        try await EndpointConformance(SampleEndpoint(), ids: ["1", "77"]).check()
    }

    @Test func `it passes with fixtures too`() async throws {
        try await EndpointConformance(SampleEndpoint(), ids: ["1", "77"], fixtures: SampleEndpoint.fixtures).check()
    }

    @Test(arguments: [
        SampleEndpoint(method: .get, authorization: .bearer),
        SampleEndpoint(method: .get, authorization: .header("X-Api-Key")),
        SampleEndpoint(method: .get, path: "room?id={id}", authorization: .query("key")),
        SampleEndpoint(method: .get, path: "room?id={id}&expand=all", authorization: .none),
        SampleEndpoint(path: "room/fetch", fields: { .json(["request_id": .string($0)]) }),
        SampleEndpoint(headers: ["X-Version": "2026-01-01"]),
    ])
    func `every way of sending id and key passes`(endpoint: SampleEndpoint) async throws {
        try await EndpointConformance(endpoint, ids: ["1", "77"], fixtures: SampleEndpoint.fixtures).check()
    }

    @Test func `ids that are integers, or of a type of their own, pass`() async throws {
        try await EndpointConformance(Counted(), ids: [1, .max]).check()
        let runs = [RunID(workflow: "upscale", run: 7), RunID(workflow: "upscale", run: 8)]
        try await EndpointConformance(Run(), ids: runs).check()
    }

    @Test func `ids with slashes may keep them`() async throws {
        let endpoint = SampleEndpoint(path: "{+id}")
        try await EndpointConformance(endpoint, ids: ["operations/a/b", "operations/c"]).check()
    }

    @Test func `a result behind one more request passes`() async throws {
        let endpoint = SampleEndpoint(
            method: .get,
            authorization: .bearer,
            read: { id, response in
                guard try response.json(SampleEndpoint.Body.self).status == "success" else {
                    return try SampleEndpoint.answer(to: id, from: response)
                }
                return .followUp(FollowUp("room/{id}/result") { .succeeded([try $0.json(URL.self)]) })
            }
        )
        let fixtures: [EndpointFixture] = [
            .pending(#"{"status":"processing"}"#),
            .succeeded(
                FetchResponse(status: 200, body: Data(#"{"status":"success"}"#.utf8)),
                then: [FetchResponse(status: 200, body: Data(#""https://example.com/a""#.utf8))]
            ),
        ]
        try await EndpointConformance(endpoint, ids: ["1", "77"], fixtures: fixtures).check()
    }

    @Test func `an error page in the place of a result is found`() async throws {
        let endpoint = SampleEndpoint(
            authorization: .bearer,
            read: { id, response in
                guard case .succeeded = try SampleEndpoint.answer(to: id, from: response) else {
                    return try SampleEndpoint.answer(to: id, from: response)
                }
                return .followUp(FollowUp("room/{id}/file") { _ in .succeeded([]) })
            }
        )
        let fixtures: [EndpointFixture] = [
            .succeeded(
                FetchResponse(status: 200, body: Data(#"{"status":"success"}"#.utf8)),
                then: [FetchResponse(status: 200, body: Data("a file".utf8))]
            )
        ]
        let violations = try await EndpointConformance(endpoint, ids: ["1", "77"], fixtures: fixtures).violations()
        #expect(violations.map(\.rule) == [.followUpErrors])
        #expect(violations.first?.explanation.contains("HTTP 401 as the answer to follow-up 1") == true)
    }

    @Test func `all violations are reported at once, each with its name and an explanation`() async throws {
        let endpoint = SampleEndpoint(
            name: "other.room",
            method: .get,
            read: { _, _ in .failed(JobFailure()) }
        )
        let failure = try await #require(throws: ConformanceFailure.self) {
            try await EndpointConformance(endpoint, ids: ["1", "77"]).check()
        }
        #expect(failure.endpoint == "other.room")
        let rules = Set(failure.violations.map(\.rule))
        #expect(rules.isSuperset(of: [.providerInName, .methodAndBody, .refusedKey, .serverFailure, .reachesEnd]))
        #expect(failure.description.contains("other.room breaks"))
        #expect(failure.description.contains("\n  - providerInName: The name other.room says"))
        #expect(!failure.description.contains("sk-canary"))
    }

    @Test func `a rule that is broken knowingly can be left out`() async throws {
        let endpoint = SampleEndpoint(name: "room")
        try await EndpointConformance(endpoint, ids: ["1", "77"], except: [.providerInName]).check()
    }

    @Test func `each answer is announced before the decoder reads it`() async throws {
        let probes = Recorder()
        try await EndpointConformance(SampleEndpoint(), ids: ["1", "77"], fixtures: SampleEndpoint.fixtures)
            .check { probes.note($0) }
        #expect(probes.notes.contains("example.room: HTTP 200 with an empty body"))
        #expect(probes.notes.contains { $0.hasPrefix("example.room: the succeeded fixture with nothing as output") })
    }

    @Test func `a decoder that traps ends the process behind the announcement of what it read`() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardOutputContent]) {
            let endpoint = SampleEndpoint(read: { id, response in
                precondition(!response.body.isEmpty)
                return try SampleEndpoint.answer(to: id, from: response)
            })
            try await EndpointConformance(endpoint, ids: ["1", "77"]).check {
                FileHandle.standardOutput.write(Data("\($0)\n".utf8))
            }
        }
        let lines = String(decoding: result?.standardOutputContent ?? [], as: UTF8.self).split(separator: "\n")
        #expect(lines.last == "example.room: HTTP 401 with an empty body")
    }
}

private struct Counted: FetchEndpoint {
    let name: EndpointName = "example.counted"
    let provider: ProviderID = "example"
    let baseURL = URL(string: "https://api.example.com")!
    let path: PathTemplate = "counted/{id}"
    let authorization = Authorization.jsonBody("key")

    func answer(to id: Int64, from response: FetchResponse) throws -> FetchAnswer<[URL]> {
        try SampleEndpoint.answer(to: "\(id)", from: response)
    }
}

private struct RunID: FetchID {
    var workflow: String
    var run: Int

    init(workflow: String, run: Int) { (self.workflow, self.run) = (workflow, run) }

    static let jobIDExpectation = "a workflow and a run number, such as upscale/7"
    var description: String { "\(workflow)/\(run)" }

    init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1)
        guard parts.count == 2, let run = Int(parts[1]) else { return nil }
        self.init(workflow: String(parts[0]), run: run)
    }
}

private struct Run: FetchEndpoint {
    let name: EndpointName = "example.run"
    let provider: ProviderID = "example"
    let baseURL = URL(string: "https://api.example.com")!
    let method = RequestMethod.get
    let idForm: IDForm = "{workflow}/{run}"
    let path: PathTemplate = "workflows/{workflow}/runs/{run}"
    let authorization = Authorization.header("key")

    func answer(to id: RunID, from response: FetchResponse) throws -> FetchAnswer<[URL]> {
        try SampleEndpoint.answer(to: "\(id)", from: response)
    }
}
