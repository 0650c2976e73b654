import FetchCore
import FetchTesting
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite("Endpoint conformance") struct EndpointConformanceTests {
    @Test func `a conforming endpoint passes`() async throws {
        try await EndpointConformance(SampleEndpoint(), ids: ["1", "77"]).check()
    }

    @Test func `a conforming endpoint passes with fixtures`() async throws {
        try await EndpointConformance(SampleEndpoint(), ids: ["1", "77"], fixtures: SampleEndpoint.fixtures).check()
    }

    @Test(arguments: [
        SampleEndpoint(method: .get, authorization: .bearer),
        SampleEndpoint(method: .get, authorization: .header("X-Api-Key")),
        SampleEndpoint(method: .get, authorization: .header("Authorization", prefix: "key=")),
        SampleEndpoint(method: .get, authorization: .header("X-Api-Key", prefix: "v1")),
        SampleEndpoint(method: .get, path: "room?id={id}", authorization: .query("key")),
        SampleEndpoint(method: .get, path: "room?id={id}&expand=all", authorization: .none),
        SampleEndpoint(path: "room/fetch", fields: { .json(["request_id": .string($0)]) }),
        SampleEndpoint(headers: ["X-Version": "2026-01-01"]),
    ])
    func `every place of the id and the key passes`(endpoint: SampleEndpoint) async throws {
        try await EndpointConformance(endpoint, ids: ["1", "77"], fixtures: SampleEndpoint.fixtures).check()
    }

    @Test func `integer ids and custom id types pass`() async throws {
        try await EndpointConformance(IntegerIDEndpoint(), ids: [1, .max]).check()
        let runs = [RunID(workflow: "upscale", run: 7), RunID(workflow: "upscale", run: 8)]
        try await EndpointConformance(RunEndpoint(), ids: runs).check()
    }

    @Test func `all requests of a run are signed at the same time, since nothing takes time in it`() async throws {
        let endpoint = DateSigningEndpoint()
        try await EndpointConformance(endpoint, ids: ["1", "77"]).check()
        // More than the requests of one run: the last ones are those with other statuses.
        #expect(endpoint.dates.all.count > 40)
        #expect(Set(endpoint.dates.all).count == 1)
    }

    @Test func `an endpoint may keep the slashes of its ids`() async throws {
        let endpoint = SampleEndpoint(path: "{+id}")
        try await EndpointConformance(endpoint, ids: ["operations/a/b", "operations/c"]).check()
    }

    @Test func `a result from a follow-up request passes`() async throws {
        let endpoint = SampleEndpoint(
            method: .get,
            authorization: .bearer,
            decode: { id, response in
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

    @Test func `an error page decoded as a follow-up result is reported`() async throws {
        let endpoint = SampleEndpoint(
            method: .get,
            authorization: .bearer,
            decode: { id, response in
                guard case .succeeded = try SampleEndpoint.answer(to: id, from: response) else {
                    return try SampleEndpoint.answer(to: id, from: response)
                }
                return .followUp(
                    FollowUp("room/{id}/file") { _ in .succeeded([URL(string: "https://example.com/a")!]) }
                )
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
        #expect(violations.first?.explanation.contains("HTTP 401 as the response to follow-up 1") == true)
    }

    @Test func `all violations are reported together, each with its rule and an explanation`() async throws {
        let endpoint = SampleEndpoint(
            name: "other.room",
            method: .get,
            decode: { _, _ in .failed(JobFailure()) }
        )
        let failure = try await #require(throws: ConformanceFailure.self) {
            try await EndpointConformance(endpoint, ids: ["1", "77"]).check()
        }
        #expect(failure.endpoint == "other.room")
        let rules = Set(failure.violations.map(\.rule))
        #expect(rules.isSuperset(of: [.providerInName, .methodAndBody, .refusedKey, .serverFailure, .reachesEnd]))
        #expect(failure.description.contains("other.room breaks"))
        #expect(failure.description.contains("\n  - providerInName: The name other.room implies"))
        #expect(!failure.description.contains("sk-canary"))
    }

    @Test func `an excluded rule isn't reported`() async throws {
        let endpoint = SampleEndpoint(name: "room")
        try await EndpointConformance(endpoint, ids: ["1", "77"], except: [.providerInName]).check()
    }

    @Test func `each probe is reported before the response is decoded`() async throws {
        let probes = EventLog<String>()
        try await EndpointConformance(SampleEndpoint(), ids: ["1", "77"], fixtures: SampleEndpoint.fixtures)
            .check { probes.record($0) }
        #expect(probes.events.contains("example.room: HTTP 200 with an empty body"))
        #expect(probes.events.contains { $0.hasPrefix("example.room: the succeeded fixture with nothing as output") })
    }

    // Exit tests need processes, which an app on these systems can't start.
    #if !(os(iOS) || os(tvOS) || os(watchOS) || os(visionOS))
        @Test func `a decoder that traps terminates the process after its probe is reported`() async {
            let result = await #expect(processExitsWith: .failure, observing: [\.standardOutputContent]) {
                let endpoint = SampleEndpoint(decode: { id, response in
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
    #endif
}

private struct IntegerIDEndpoint: FetchEndpoint, Hashable {
    let name: EndpointName = "example.counted"
    let provider: ProviderID = "example"
    let baseURL = URL(string: "https://api.example.com")!
    let method = RequestMethod.post
    let path: PathTemplate = "counted/{id}"
    let authorization = Authorization.jsonBody("key")

    func answer(to id: Int64, from response: FetchResponse) throws -> FetchAnswer<[URL]> {
        try SampleEndpoint.answer(to: "\(id)", from: response)
    }
}

private struct RunEndpoint: FetchEndpoint, Hashable {
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

/// An endpoint that signs its requests and notes when.
private struct DateSigningEndpoint: FetchEndpoint {
    final class Dates: Sendable {
        private let dates = Mutex<[Date]>([])

        var all: [Date] { dates.withLock(\.self) }

        func append(_ date: Date) { dates.withLock { $0.append(date) } }
    }

    let name: EndpointName = "sample.dated"
    let provider: ProviderID = "sample"
    let baseURL = URL(string: "https://sample.example")!
    let method = RequestMethod.get
    let path: PathTemplate = "jobs/{id}"
    let authorization = Authorization.signed
    let dates = Dates()

    func sign(_ request: inout FetchRequest, with key: APIKey, at date: Date) throws {
        dates.append(date)
        request.headers["X-Signature"] = String(key.secret.utf8.reduce(0) { $0 &* 31 &+ Int($1) })
    }

    func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<JSONValue> {
        let body: JSONValue = try response.json()
        return body["status"] == "done" ? .succeeded(body["output"] ?? .null) : .pending
    }
}
