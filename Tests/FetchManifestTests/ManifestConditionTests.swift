import FetchCore
import FetchManifest
import FetchTesting
import Foundation
import Testing

@Suite("Manifest conditions") struct ManifestConditionTests {
    private static let done: JSONValue = ["at": "status", "succeeded": ["done"]]

    private func state(
        _ rules: JSONValue...,
        for body: String,
        status: Int = 200,
        headers: HeaderFields = [:]
    ) async throws -> FetchState<any FetchOutput> {
        let changes: [String: JSONValue] = ["status": .array(rules + [Self.done])]
        return try await ManifestHarness.state(changes, body, status: status, headers: headers)
    }

    @Test(arguments: [(403, "0", FetchError.Code.rateLimited), (403, "9", .forbidden), (401, "0", .unauthorized)])
    func `a rule depends on two values at once`(
        status: Int,
        remaining: String,
        code: FetchError.Code
    ) async throws {
        let rule: JSONValue = [
            "when": ["$http.status": [403, 429], "$http.headers.X-RateLimit-Remaining": 0], "then": "rateLimited",
            "message": "message",
        ]
        let error = await #expect(throws: FetchError.self) {
            try await state(
                rule,
                for: #"{"message": "API rate limit exceeded"}"#,
                status: status,
                headers: ["X-RateLimit-Remaining": remaining]
            )
        }
        #expect(error?.code == code)
        #expect(error?.httpStatus == status)
        #expect(error?.message.contains("API rate limit exceeded") == true)
    }

    @Test(
        arguments: [
            (#"{"error": null}"#, JobFailure.Reason.cancelled), (#"{}"#, .expired), (#"{"error": "gone"}"#, .moderated),
            (#"{"error": {"code": 1}}"#, .failed), (#"{"error": ""}"#, nil), (#"{"error": 7}"#, nil),
        ] as [(String, JobFailure.Reason?)]
    )
    func `a condition tells null, a missing member, a text and an object apart`(
        body: String,
        reason: JobFailure.Reason?
    ) async throws {
        let rules: [JSONValue] = [
            ["when": ["error": nil], "then": "cancelled"],
            ["when": ["error": ["is": "missing"]], "then": "expired"],
            ["when": ["error": ["is": "text"]], "then": "moderated"],
            ["when": ["error": ["is": ["object", "array"]]], "then": "failed"],
            ["then": "pending"],
        ]
        let status: JSONValue = .array([["when": ["error": "never"], "then": "succeeded"]] + rules)
        #expect(try await ManifestHarness.state(["status": status], body).failure?.reason == reason)
    }

    @Test(arguments: [
        (#"{"kind": "a", "x": 1}"#, true), (#"{"kind": "bc"}"#, true), (#"{"kind": null}"#, true), (#"{}"#, false),
        (#"{"kind": "c"}"#, false),
    ])
    func `a condition may list values, patterns and null`(body: String, isPending: Bool) async throws {
        let status: JSONValue = [
            ["when": ["kind": ["a", "b*", nil]], "then": "pending"], ["then": "succeeded"],
        ]
        let state = try await ManifestHarness.state(["status": status], body)
        #expect((state.progress != nil) == isPending)
    }

    @Test func `outside of 2xx a rule without a condition on the HTTP status decides nothing`() async throws {
        let rules: [JSONValue] = [
            ["when": ["error": ["is": "missing"]], "then": "succeeded"],
            ["when": ["$http.status": 410], "then": "expired"],
        ]
        let changes: [String: JSONValue] = ["status": .array(rules)]
        #expect(try await ManifestHarness.state(changes, "{}", status: 410).failure == JobFailure(.expired))
        #expect(try await ManifestHarness.state(changes, "<html>", status: 410).failure == JobFailure(.expired))
        for (status, code) in [(404, FetchError.Code.jobNotFound), (503, .serverError)] {
            let error = await #expect(throws: FetchError.self) {
                try await ManifestHarness.state(changes, "{}", status: status)
            }
            #expect(error?.code == code)
        }
    }

    @Test func `a condition on the body of a 2xx response that isn't JSON is malformed`() async throws {
        let rule: JSONValue = ["when": ["error": ["is": "missing"]], "then": "pending"]
        let error = await #expect(throws: FetchError.self) { try await state(rule, for: "<html>") }
        #expect(error?.code == .malformedResponse)
    }

    @Test func `outputs are chosen by the status`() async throws {
        let changes: [String: JSONValue] = [
            "status": ["at": "status", "succeeded": ["done", "partial"]],
            "outputs": [
                ["when": ["status": "done"], "at": "url", "as": "link"],
                ["when": ["status": "partial"], "at": "preview", "as": "link"],
            ],
        ]
        let answer = #""url": "https://a.example/film", "preview": "https://a.example/preview"}"#
        for (status, name) in [("done", "film"), ("partial", "preview")] {
            let state = try await ManifestHarness.state(changes, #"{"status": "\#(status)", "# + answer)
            #expect(state.artifacts?.map(\.url?.lastPathComponent) == [name])
        }
        let other = changes.merging(["status": ["at": "status", "succeeded": ["done", "odd"]]]) { $1 }
        let error = await #expect(throws: FetchError.self) {
            try await ManifestHarness.state(other, #"{"status": "odd"}"#)
        }
        #expect(error?.message.hasPrefix("the job is done, but the conditions of no output hold") == true)
    }

    @Test func `a follow-up is chosen by the response`() async throws {
        let changes: [String: JSONValue] = [
            "outputs": [["at": "text", "as": "text"]],
            "followUp": [
                [
                    "when": ["file_id": ["is": ["text", "number"]]], "path": "files/{file}",
                    "values": ["file": "file_id"], "outputs": [["as": "file"]],
                ],
                ["when": ["link": "http*"], "url": "link", "outputs": [["as": "file"]]],
            ],
        ]
        let file = ScriptedTransport.Step.response(FetchResponse(file: "film", mediaType: "video/mp4"))
        for (answer, path) in [
            (#"{"status": "done", "file_id": 7}"#, "files/7"),
            (#"{"status": "done", "file_id": null, "link": "https://api.example.com/v1/links/8"}"#, "links/8"),
        ] {
            let harness = try ManifestHarness(changes, [.json(answer), file])
            #expect(try await harness.fetch().artifacts?.map(\.mediaType) == ["video/mp4"])
            #expect(harness.transport.requests.last?.url.absoluteString == "https://api.example.com/v1/\(path)")
        }
        let inline = try await ManifestHarness.state(changes, #"{"status": "done", "text": "none needed"}"#)
        #expect(inline.artifacts == [Artifact(.text("none needed"))])
    }

    @Test func `a success for which no follow-up applies is an error`() async throws {
        let changes: [String: JSONValue] = [
            "outputs": nil,
            "followUp": [["when": ["file": ["is": "text"]], "path": "files/{id}", "outputs": [["as": "file"]]]],
        ]
        let error = await #expect(throws: FetchError.self) {
            try await ManifestHarness.state(changes, #"{"status": "done"}"#)
        }
        #expect(error?.code == .malformedResponse)
        #expect(error?.message.hasPrefix("the job is done, but the conditions of no followUp hold") == true)
    }

    @Test(arguments: [200, 202, 403, 429, 503])
    func `a header is a retry hint for any HTTP status`(status: Int) async throws {
        let changes: [String: JSONValue] = [
            "retryAfter": ["at": "$http.headers.X-Wait-Milliseconds", "of": 1000],
            "status": ["at": "status", "pending": ["queued"], "succeeded": ["done"]],
        ]
        let headers: HeaderFields = ["X-Wait-Milliseconds": "7500"]
        let body = #"{"status": "queued"}"#
        do {
            let state = try await ManifestHarness.state(changes, body, status: status, headers: headers)
            #expect(state.progress?.retryAfter == .seconds(7.5))
        } catch let error as FetchError {
            #expect(status >= 400)
            #expect(error.retryAfter == .seconds(7.5))
        }
    }
}
