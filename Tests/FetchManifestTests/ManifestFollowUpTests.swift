import FetchCore
import FetchManifest
import FetchTesting
import Foundation
import Testing

@Suite("Manifest follow-ups") struct ManifestFollowUpTests {
    private func changes(_ followUp: [String: JSONValue]) -> [String: JSONValue] {
        let defaults: [String: JSONValue] = ["outputs": [["at": "file.link", "as": "link"]]]
        return ["outputs": nil, "followUp": .object(defaults.merging(followUp) { $1 })]
    }

    private let file = ScriptedTransport.Step.json(#"{"file": {"link": "https://cdn.example.com/a.mp4"}}"#)

    @Test func `a value of the first response is used in the follow-up's path`() async throws {
        let changes = changes([
            "path": "files?job={id}&file={file}", "values": ["file": "file_id"], "headers": ["X-A": "b"],
        ])
        let harness = try ManifestHarness(changes, [.json(#"{"status": "done", "file_id": 7100}"#), file])
        #expect(try await harness.fetch().artifacts?.map(\.mediaType) == ["video/mp4"])
        let request = try #require(harness.transport.requests.last)
        #expect(request.url.absoluteString == "https://api.example.com/v1/files?job=42&file=7100")
        #expect(request.headers["Authorization"] == "Bearer sk-canary")
        #expect(request.headers["X-A"] == "b")
        #expect(request.method == .get)
    }

    @Test func `a pending job has no follow-up`() async throws {
        let harness = try ManifestHarness(changes(["path": "files/{id}"]), [.json(#"{"status": "running"}"#)])
        #expect(try await harness.fetch().progress != nil)
        #expect(harness.transport.requests.count == 1)
    }

    @Test func `the body of the follow-up response can be the output`() async throws {
        let changes = changes(["path": "videos/{id}/content", "outputs": [["as": "file"]]])
        let film = FetchResponse(status: 200, headers: ["Content-Type": "video/mp4"], body: Data("film".utf8))
        let state = try await ManifestHarness.state(changes, #"{"status": "done"}"#, then: [.response(film)])
        #expect(state.artifacts == [Artifact(.data(Data("film".utf8)), mediaType: "video/mp4")])
    }

    @Test func `a follow-up URL of another origin is requested only without the key`() async throws {
        let sameOrigin = #"{"status": "done", "result": "https://api.example.com/r/1"}"#
        let otherOrigin = #"{"status": "done", "result": "https://store.example.org/r/1"}"#
        let artifacts = try await ManifestHarness.state(changes(["url": "result"]), sameOrigin, then: [file]).artifacts
        #expect(artifacts?.count == 1)
        let error = await #expect(throws: FetchError.self) {
            try await ManifestHarness.state(changes(["url": "result"]), otherOrigin, then: [file])
        }
        #expect(error?.code == .refusedURL)
        let harness = try ManifestHarness(changes(["url": "result", "key": "none"]), [.json(otherOrigin), file])
        #expect(try await harness.fetch().artifacts?.count == 1)
        #expect(harness.transport.requests.last?.headers["Authorization"] == nil)
    }

    @Test(arguments: ["../files/7?part=1", "/v1/files/7?part=1"])
    func `a follow-up's URL may be relative, such as the Location of a 303`(link: String) async throws {
        var changes = changes(["url": ["$http.headers.Location", "result"]])
        changes["status"] = [
            ["at": "$http.status", "succeeded": [303], "absent": "next"],
            ["at": "status", "succeeded": ["done"]],
        ]
        for status in [200, 303] {
            let headers: HeaderFields = status == 303 ? ["Location": link] : [:]
            let body = status == 200 ? #"{"status": "done", "result": "\#(link)"}"# : ""
            let harness = try ManifestHarness(changes, [.json(body, status: status, headers: headers), file])
            #expect(try await harness.fetch().artifacts?.count == 1)
            let request = try #require(harness.transport.requests.last)
            #expect(request.url.absoluteString == "https://api.example.com/v1/files/7?part=1")
            #expect(request.headers["Authorization"] == "Bearer sk-canary")
        }
    }

    @Test func `a follow-up that fails is repeated, and the job isn't polled again`() async throws {
        let harness = try ManifestHarness(
            changes(["path": "files/{id}"]),
            [.json(#"{"status": "done"}"#), .json("{}", status: 503), file]
        )
        #expect(try await harness.states().last?.artifacts?.count == 1)
        #expect(harness.transport.requests.map(\.url.path) == ["/v1/videos/42", "/v1/files/42", "/v1/files/42"])
    }

    @Test func `a job can fail in the follow-up response`() async throws {
        let changes = changes([
            "path": "results/{id}",
            "status": [
                "at": "$http.status", "succeeded": [200], "pending": [409], "failed": [400, 422], "moderated": [451],
                "message": ["detail[0].msg", "detail"],
            ],
        ])
        func state(_ answer: String, _ status: Int) async throws -> FetchState<any FetchOutput> {
            try await ManifestHarness.state(changes, #"{"status": "done"}"#, then: [.json(answer, status: status)])
        }
        #expect(try await state(#"{"detail": "no room"}"#, 422).failure == JobFailure(message: "no room"))
        #expect(try await state(#"{"detail": [{"msg": "no face"}]}"#, 400).failure == JobFailure(message: "no face"))
        #expect(try await state("<html>", 451).failure == JobFailure(.moderated))
        #expect(try await state("{}", 409).progress != nil)
        for (status, code) in [(401, FetchError.Code.unauthorized), (500, .serverError), (429, .rateLimited)] {
            let error = await #expect(throws: FetchError.self) { try await state("{}", status) }
            #expect(error?.code == code)
        }
    }

    @Test(arguments: [#"{"status": "done"}"#, #"{"status": "done", "file_id": {}, "result": 7}"#])
    func `a response without the follow-up's value or URL is malformed`(answer: String) async throws {
        for followUp in [["path": "f/{file}", "values": ["file": "file_id"]], ["url": "result"]]
            as [[String: JSONValue]]
        {
            let error = await #expect(throws: FetchError.self) {
                try await ManifestHarness.state(changes(followUp), answer, then: [file])
            }
            #expect(error?.code == .malformedResponse)
        }
    }
}
