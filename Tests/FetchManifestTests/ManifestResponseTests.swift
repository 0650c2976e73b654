import FetchCore
import FetchManifest
import FetchTesting
import Foundation
import Testing

@Suite("Manifest responses") struct ManifestResponseTests {
    @Test func `a job of a manifest is polled by name until it ends`() async throws {
        let harness = try ManifestHarness([
            .json(#"{"status": "queued"}"#),
            .json(#"{"status": "running", "message": "soon"}"#),
            .json(#"{"status": "done", "url": "https://cdn.example.com/a.mp4"}"#),
        ])
        let states = try await harness.states()
        #expect(states.count == 3)
        #expect(states[0].progress == JobProgress(message: "“queued” (a status that the manifest doesn't list)"))
        #expect(states[1].progress == JobProgress(message: "“running” (a status that the manifest doesn't list): soon"))
        #expect(
            try states[2].artifacts == [
                Artifact(.url(#require(URL(string: "https://cdn.example.com/a.mp4"))), mediaType: "video/mp4")
            ]
        )
        #expect(harness.transport.requests.count == 3)
    }

    @Test func `progress, ETA, retry hint and details are read and scaled`() async throws {
        let changes: [String: JSONValue] = [
            "progress": ["at": "progress", "of": 100],
            "eta": ["at": "eta_ms", "of": 1000],
            "retryAfter": ["retry_after", "wait"],
            "details": ["queue": "queue.position"],
            "status": ["at": "status", "pending": ["queued"], "succeeded": ["done"]],
        ]
        let answer = #"{"status": "queued", "progress": 40, "eta_ms": 12500, "wait": "3", "queue": {"position": 7}}"#
        let progress = try #require(try await ManifestHarness.state(changes, answer).progress)
        #expect(
            progress
                == JobProgress(eta: .seconds(12.5), retryAfter: .seconds(3), fraction: 0.4, details: ["queue": 7])
        )
        let odd = #"{"status": "queued", "progress": "half", "eta_ms": 1e999, "retry_after": [], "queue": 1}"#
        #expect(try await ManifestHarness.state(changes, odd).progress == JobProgress())
    }

    @Test(arguments: [
        ("failed", JobFailure.Reason.failed), ("stopped", .cancelled), ("gone", .expired), ("unsafe", .moderated),
        ("unsafe.input.text", .moderated), ("unsafe.upload", .failed),
    ])
    func `the status decides how a job ends, and an exact value precedes a prefix`(
        value: String,
        reason: JobFailure.Reason
    ) async throws {
        let status: JSONValue = [
            "at": "status", "succeeded": ["done"], "failed": ["failed", "unsafe.upload"], "cancelled": ["stopped"],
            "expired": ["gone"], "moderated": ["unsafe*"], "message": ["error.message", "error"], "code": "error.code",
        ]
        let answer = #"{"status": "\#(value)", "error": {"message": "No face", "code": 77}}"#
        let state = try await ManifestHarness.state(["status": status], answer)
        #expect(state.failure == JobFailure(reason, message: "No face", code: "77"))
        let short = #"{"status": "\#(value)", "error": "No face"}"#
        #expect(try await ManifestHarness.state(["status": status], short).failure?.message == "No face")
    }

    @Test(arguments: [
        ("blocked by risk control", JobFailure.Reason.moderated), ("INPUT.SAFETY", .moderated), ("SAFETY", .failed),
        ("INPUT.SAFETY.risk control", .moderated), ("risk", .cancelled), ("risky", .expired),
    ])
    func `a wildcard may begin a status value, end it, or both`(
        value: String,
        reason: JobFailure.Reason
    ) async throws {
        let status: JSONValue = [
            "at": "status", "succeeded": ["done"], "moderated": ["*risk control*", "*.SAFETY"], "cancelled": ["risk"],
            "expired": ["risk*"], "otherwise": "failed",
        ]
        #expect(
            try await ManifestHarness.state(["status": status], #"{"status": "\#(value)"}"#).failure?.reason == reason
        )
    }

    @Test(arguments: [(nil, "a, b"), (" / ", "a / b")] as [(JSONValue?, String)])
    func `the strings of an array are joined to one message`(between: JSONValue?, message: String) async throws {
        let path: JSONValue = between.map { ["at": "reasons", "between": $0] } ?? "reasons"
        let status: JSONValue = ["at": "status", "succeeded": ["done"], "failed": ["no"], "message": path]
        let state = try await ManifestHarness.state(["status": status], #"{"status": "no", "reasons": ["a", 7, "b"]}"#)
        #expect(state.failure?.message == message)
    }

    @Test(arguments: [#"{"done": true}"#, #"{"done": "true"}"#])
    func `a Boolean is a status value like a string`(answer: String) async throws {
        let status: JSONValue = ["at": "done", "succeeded": [true], "absent": "pending"]
        #expect(try await ManifestHarness.state(["status": status], answer).artifacts == [])
        #expect(try await ManifestHarness.state(["status": status], "{}").progress != nil)
        #expect(try await ManifestHarness.state(["status": status], #"{"done": false}"#).progress != nil)
    }

    @Test(arguments: [
        (#"{}"#, "pending"), (#"{"done": false}"#, "pending"),
        (#"{"done": "perhaps", "error": {"code": 3}}"#, "pending"),
        (#"{"done": true, "error": {"code": 3}}"#, "failed"), (#"{"done": true, "samples": []}"#, "moderated"),
        (#"{"done": true, "error": null, "samples": [1]}"#, "succeeded"),
        (#"{"done": true, "error": {}}"#, "moderated"),
    ])
    func `rules are evaluated in order, and a missing value can decide`(answer: String, end: String) async throws {
        let status: JSONValue = [
            ["at": "done", "next": [true], "otherwise": "pending", "absent": "pending"],
            ["at": "error", "otherwise": "failed"],
            ["at": "samples", "otherwise": "succeeded", "absent": "moderated"],
        ]
        let state = try await ManifestHarness.state(["status": status], answer)
        let found = state.progress != nil ? "pending" : state.failure?.reason.rawValue ?? "succeeded"
        #expect(found == end)
    }

    @Test(arguments: [
        (0, FetchError.Code?.none, false), (1, .unauthorized, false), (2, .rateLimited, true), (3, .serverError, true),
        (4, .jobNotFound, true), (5, .paymentRequired, false), (6, .forbidden, false), (7, .malformedResponse, true),
        (8, .badRequest, false),
    ])
    func `an envelope that rejects the request is a FetchError`(
        code: Int,
        expected: FetchError.Code?,
        isRetryable: Bool
    ) async throws {
        let changes: [String: JSONValue] = [
            "status": [
                [
                    "at": "base.code", "next": [0], "unauthorized": [1], "rateLimited": [2], "serverError": [3],
                    "jobNotFound": [4], "paymentRequired": [5], "forbidden": [6], "malformedResponse": [7],
                    "otherwise": "badRequest", "message": "base.message",
                ],
                ["at": "status", "succeeded": ["done"]],
            ],
            "retryAfter": "base.wait",
        ]
        let answer = #"{"base": {"code": \#(code), "message": "says the server", "wait": 9}, "status": "done"}"#
        guard let expected else {
            #expect(try await ManifestHarness.state(changes, answer).artifacts == [])
            return
        }
        let error = try #require(
            await #expect(throws: FetchError.self) { try await ManifestHarness.state(changes, answer) }
        )
        #expect(error.code == expected)
        #expect(error.isRetryable == isRetryable)
        #expect(error.httpStatus == 200)
        #expect(error.message.contains("“says the server”"))
        if expected == .rateLimited { #expect(error.retryAfter == .seconds(9)) }
    }

    @Test(arguments: [
        (401, FetchError.Code.unauthorized), (404, .jobNotFound), (429, .rateLimited), (500, .serverError),
    ])
    func `an HTTP status other than 2xx has its standard meaning for any body`(
        status: Int,
        code: FetchError.Code
    ) async throws {
        for body in [#"{"status": "failed"}"#, #"{"status": "done"}"#, "<html>", ""] {
            let error = await #expect(throws: FetchError.self) { try await ManifestHarness.state(body, status: status) }
            #expect(error?.code == code)
        }
    }

    @Test(arguments: ["", "<html>", "[]", "{}", #"{"status": null}"#, #"{"status": ""}"#, #"{"state": "done"}"#])
    func `a response without a status is malformed`(body: String) async throws {
        let error = try #require(await #expect(throws: FetchError.self) { try await ManifestHarness.state(body) })
        #expect(error.code == .malformedResponse)
        #expect(error.isRetryable)
    }

    @Test func `an unlisted status is the message, a listed status or a value of another type isn't`() async throws {
        let status: JSONValue = ["at": "status", "pending": ["queued"], "succeeded": ["donne"]]
        func message(_ status: JSONValue, _ answer: String) async throws -> String? {
            try #require(try await ManifestHarness.state(["status": status], answer).progress).message
        }
        let unknown = "“done” (a status that the manifest doesn't list)"
        #expect(try await message(status, #"{"status": "done"}"#) == unknown)
        #expect(try await message(status, #"{"status": "queued"}"#) == nil)
        #expect(try await message(status, #"{"status": {"state": "done"}}"#) == nil)
        let otherwise: JSONValue = ["at": "status", "otherwise": "pending", "succeeded": ["donne"]]
        #expect(try await message(otherwise, #"{"status": "done"}"#) == unknown)
        let named: JSONValue = ["at": "status", "otherwise": "pending", "succeeded": ["donne"], "message": "status"]
        #expect(try await message(named, #"{"status": "done"}"#) == unknown)
        let byHTTP: JSONValue = [["at": "$http.status", "pending": [202]], ["at": "url", "succeeded": ["*a"]]]
        #expect(try await message(byHTTP, #"{}"#) == nil)
    }

    @Test(arguments: [("queued", "soon"), ("running", "“running” (a status that the manifest doesn't list): soon")])
    func `a pending job has the provider's message, after a status that isn't listed`(
        value: String,
        message: String
    ) async throws {
        let status: JSONValue = ["at": "status", "pending": ["queued"], "succeeded": ["done"], "message": "message"]
        let state = try await ManifestHarness.state(["status": status], #"{"status": "\#(value)", "message": "soon"}"#)
        #expect(state.progress == JobProgress(message: message))
    }

    @Test func `a deadline that ends the wait shows the status that isn't listed, and its text`() async throws {
        let status: JSONValue = [
            "at": "status", "pending": ["queued"], "succeeded": ["done"], "otherwise": "pending", "message": "message",
        ]
        let harness = try ManifestHarness(["status": status], [.json(#"{"status": "paused", "message": "No credit"}"#)])
        let error = try #require(await #expect(throws: FetchError.self) { try await harness.states() })
        #expect(error.code == .deadlineExceeded)
        #expect(error.description.contains("“paused”") && error.description.contains("No credit"), "\(error)")
    }

    @Test func `an error for a code that isn't listed has the code and its text`() async throws {
        let status: JSONValue = [
            ["at": "code", "next": [0], "rateLimited": [7], "otherwise": "serverError", "message": "text"],
            ["at": "status", "succeeded": ["done"]],
        ]
        let error = try #require(
            await #expect(throws: FetchError.self) {
                try await ManifestHarness.state(["status": status], #"{"code": 9, "text": "Out of order"}"#)
            }
        )
        #expect(error.code == .serverError)
        #expect(error.message.contains("“Out of order”; “9” at code isn't listed in the manifest"), "\(error)")
    }

    @Test func `a status may have two alternative paths`() async throws {
        let status: JSONValue = ["at": ["status", "state"], "succeeded": ["done"]]
        for body in [#"{"status": "done"}"#, #"{"state": "done"}"#, #"{"status": null, "state": "done"}"#] {
            #expect(try await ManifestHarness.state(["status": status], body).artifacts == [])
        }
    }
}

extension ManifestHarness {
    init(_ steps: [ScriptedTransport.Step]) throws { try self.init([:], steps) }

    static func state(_ body: String, status: Int = 200) async throws -> FetchState<any FetchOutput> {
        try await state([:], body, status: status)
    }
}
