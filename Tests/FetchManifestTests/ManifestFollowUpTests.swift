import FetchCore
import FetchManifest
import FetchTesting
import Foundation
import Testing

@Suite struct ManifestFollowUpTests {
    private func changes(_ followUp: [String: JSONValue]) -> [String: JSONValue] {
        let usual: [String: JSONValue] = ["outputs": [["at": "file.link", "as": "link"]]]
        return ["outputs": nil, "followUp": .object(usual.merging(followUp) { $1 })]
    }

    private let file = ScriptedTransport.Step.json(#"{"file": {"link": "https://cdn.example.com/a.mp4"}}"#)

    @Test func `a value of the answer leads to the output`() async throws {
        let changes = changes([
            "path": "files?job={id}&file={file}", "values": ["file": "file_id"], "headers": ["X-A": "b"],
        ])
        let run = try ManifestRun(changes, [.json(#"{"status": "done", "file_id": 7100}"#), file])
        #expect(try await run.fetch().artifacts?.map(\.mediaType) == ["video/mp4"])
        let request = try #require(run.transport.requests.last)
        #expect(request.url.absoluteString == "https://api.example.com/v1/files?job=42&file=7100")
        #expect(request.headers["Authorization"] == "Bearer sk-canary")
        #expect(request.headers["X-A"] == "b")
        #expect(request.method == .get)
    }

    @Test func `nothing follows a job that isn't done`() async throws {
        let run = try ManifestRun(changes(["path": "files/{id}"]), [.json(#"{"status": "running"}"#)])
        #expect(try await run.fetch().progress != nil)
        #expect(run.transport.requests.count == 1)
    }

    @Test func `the body of the second answer is the file`() async throws {
        let changes = changes(["path": "videos/{id}/content", "outputs": [["as": "file"]]])
        let film = FetchResponse(status: 200, headers: ["Content-Type": "video/mp4"], body: Data("film".utf8))
        let state = try await ManifestRun.state(changes, #"{"status": "done"}"#, then: [.response(film)])
        #expect(state.artifacts == [Artifact(.data(Data("film".utf8)), mediaType: "video/mp4")])
    }

    @Test func `a URL of the answer is asked with the key at home, and elsewhere only without`() async throws {
        let home = #"{"status": "done", "result": "https://api.example.com/r/1"}"#
        let away = #"{"status": "done", "result": "https://store.example.org/r/1"}"#
        #expect(try await ManifestRun.state(changes(["url": "result"]), home, then: [file]).artifacts?.count == 1)
        let error = await #expect(throws: FetchError.self) {
            try await ManifestRun.state(changes(["url": "result"]), away, then: [file])
        }
        #expect(error?.code == .refusedURL)
        let run = try ManifestRun(changes(["url": "result", "key": "none"]), [.json(away), file])
        #expect(try await run.fetch().artifacts?.count == 1)
        #expect(run.transport.requests.last?.headers["Authorization"] == nil)
    }

    @Test func `a job may fail in the second answer only`() async throws {
        let changes = changes([
            "path": "results/{id}",
            "status": [
                "at": "$http.status", "succeeded": [200], "pending": [409], "failed": [400, 422], "moderated": [451],
                "message": ["detail[0].msg", "detail"],
            ],
        ])
        func state(_ answer: String, _ status: Int) async throws -> FetchState<any FetchOutput> {
            try await ManifestRun.state(changes, #"{"status": "done"}"#, then: [.json(answer, status: status)])
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
    func `an answer that doesn't say where the output is is an error`(answer: String) async throws {
        for followUp in [["path": "f/{file}", "values": ["file": "file_id"]], ["url": "result"]]
            as [[String: JSONValue]]
        {
            let error = await #expect(throws: FetchError.self) {
                try await ManifestRun.state(changes(followUp), answer, then: [file])
            }
            #expect(error?.code == .malformedResponse)
        }
    }
}
