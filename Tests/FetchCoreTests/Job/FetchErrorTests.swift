import FetchCore
import FetchTesting
import Foundation
import TestSupport
import Testing

/// Tests of the description of errors and of `isRetryable`.
@Suite("Fetch error descriptions") struct FetchErrorTests {
    @Test func `an error names the job, the problem, whether a retry can help, and the remedy`() {
        var error = FetchError(httpStatus: 401, detail: "“Invalid API key”")
        error.endpoint = "modelslab.video"
        error.id = "42"
        #expect(
            error.description == """
                modelslab.video:42: the server refused the key: “Invalid API key” (unauthorized, HTTP 401). \
                Retrying will not help. Check the key and the account that it belongs to.
                """
        )
    }

    @Test func `an error has the job if its endpoint and ID are valid`() throws {
        var error = FetchError(.connectionFailed, "the request was lost")
        #expect(error.job == nil)
        error.id = "42"
        #expect(error.job == nil)
        error.endpoint = "example.jobs"
        #expect(try error.job == JobReference("example.jobs:42"))
        error.id = ".."
        #expect(error.job == nil)
        error.id = "42"
        error.endpoint = "Example Jobs"
        #expect(error.job == nil)
    }

    @Test func `an error of a client has the job that was polled`() async throws {
        let client = FetchClient(scripted: ScriptedTransport([.json("{}", status: 503)]))
        let error = await #expect(throws: FetchError.self) {
            try await client.fetch(ConfigurableEndpoint<Int>(), id: 42)
        }
        #expect(try error?.job == JobReference("example.jobs:42"))
    }

    @Test func `an error may be treated as another status than that of its response`() {
        let error = FetchError(httpStatus: 200, treatedAs: 402, detail: "top up")
        #expect(error.code == .paymentRequired)
        #expect(error.httpStatus == 200)
        #expect(error.message == "insufficient balance: top up")
    }

    @Test(
        arguments: [
            (30, .seconds(30)), (-1, .zero), (1e300, .seconds(3_155_760_000.0)), (.infinity, .seconds(3_155_760_000.0)),
            (.nan, nil), (nil, nil),
        ] as [(Double?, Duration?)]
    )
    func `numbers of seconds in a response are clamped`(seconds: Double?, duration: Duration?) {
        #expect(FetchError(httpStatus: 429, retryAfterSeconds: seconds).retryAfter == duration)
        #expect(Submission(etaSeconds: seconds).eta == duration)
        let progress = JobProgress(etaSeconds: seconds, retryAfterSeconds: seconds, fraction: 0.5, message: "Try Again")
        #expect(progress == JobProgress(eta: duration, retryAfter: duration, fraction: 0.5, message: "Try Again"))
    }

    @Test func `an error without a job begins with the problem`() {
        let error = FetchError(.connectionFailed, "the request was lost")
        #expect(error.description == "the request was lost (connectionFailed). Retrying may help.")
    }

    @Test func `a deadline error contains the last progress and the last error`() {
        var error = FetchError(.deadlineExceeded, "the job wasn't ready within 60 s; it was still pending")
        error.endpoint = "modelslab.video"
        error.lastProgress = JobProgress(eta: .seconds(12), fraction: 0.5, message: "Try Again")
        error.lastError = FetchError(httpStatus: 503)
        #expect(
            error.description == """
                modelslab.video: the job wasn't ready within 60 s; it was still pending (deadlineExceeded). \
                Retrying may help. Last progress: pending, 50 %, ETA 12 s, “Try Again”. \
                Last error: the server failed (serverError).
                """
        )
    }

    @Test func `an error for an ID of the wrong type contains the expected form`() async throws {
        let client = FetchClient(
            scripted: ScriptedTransport([.json("{}")]),
            registry: try EndpointRegistry(ConfigurableEndpoint<Int>(name: "modelslab.video")),
            credentials: .none
        )
        let error = await #expect(throws: FetchError.self) {
            try await client.fetch(JobReference("modelslab.video:abc"))
        }
        #expect(
            error?.description == """
                modelslab.video:abc: “abc” can't be sent as an id: modelslab.video takes an integer (invalidID). \
                Retrying will not help. Pass the id that the provider returned when the job was submitted.
                """
        )
    }

    @Test func `an error for a missing key names the environment variable`() async throws {
        let error = try await ConfigurableEndpoint<Int>().refusal(of: 42, credentials: .environment([:]))
        #expect(
            error.description == """
                example.jobs:42: there is no key for the provider example (missingKey). Retrying will not help. \
                Set the environment variable EXAMPLE_API_KEY to the provider's key.
                """
        )
    }

    @Test func `an error for a failed job contains the provider's message`() async throws {
        let endpoint = ConfigurableEndpoint<Int>(
            read: { _ in .failed(JobFailure(.moderated, message: "face\nnot allowed", code: "E7")) }
        )
        let client = FetchClient(scripted: ScriptedTransport([.json("{}")]))
        let error = await #expect(throws: FetchError.self) { try await client.result(endpoint, id: 42) }
        #expect(error?.failure?.reason == .moderated)
        #expect(error?.failure?.message == "face\nnot allowed")
        #expect(
            error?.description == """
                example.jobs:42: the job ended without a result, moderated: “face not allowed” (code “E7”) \
                (jobFailed). Retrying will not help.
                """
        )
    }

    @Test func `the line for a log is the same however the error is printed`() {
        let error = FetchError(httpStatus: 429)
        #expect("\(error)" == error.description)
        #expect(String(reflecting: error) == error.description)
    }

    static let codes: [(FetchError.Code, isRetryable: Bool)] = [
        (.malformedName, false), (.malformedReference, false), (.malformedEndpoint, false), (.duplicateEndpoint, false),
        (.unknownEndpoint, false), (.invalidID, false), (.missingKey, false), (.malformedKey, false),
        (.credentialsUnavailable, true), (.refusedURL, false), (.badRequest, false), (.unauthorized, false),
        (.paymentRequired, false), (.forbidden, false), (.jobNotFound, true), (.rateLimited, true),
        (.serverError, true), (.redirected, false), (.malformedResponse, true), (.responseTooLarge, false),
        (.unusableOutput, false), (.temporarilyRefused, true), (.intercepted, true), (.outputExpired, true),
        (.connectionFailed, true), (.untrustedServer, false), (.requestTimeout, true), (.deadlineExceeded, true),
        (.jobFailed, false), (.fileExists, false), (.fileNotWritten, false), (.storageFull, false),
        (.incompleteOutput, true), (.unexpectedOutput, true),
    ]

    @Test(arguments: codes)
    func `each code has a default for isRetryable that an error can override`(
        code: FetchError.Code,
        isRetryable: Bool
    ) {
        #expect(FetchError(code, "it failed").isRetryable == isRetryable)
        #expect(FetchError(code, "it failed", isRetryable: !isRetryable).isRetryable == !isRetryable)
        let sentence = isRetryable ? "Retrying may help." : "Retrying will not help."
        #expect(FetchError(code, "it failed").description == "it failed (\(code)). \(sentence)")
    }

    @Test func `codes have distinct names`() {
        #expect(Set(Self.codes.map(\.0.description)).count == Self.codes.count)
    }

    @Test(
        arguments: [
            (301, .redirected, false), (302, .redirected, false), (307, .redirected, false), (400, .badRequest, false),
            (401, .unauthorized, false), (402, .paymentRequired, false), (403, .forbidden, false),
            (404, .jobNotFound, true),
            (405, .badRequest, false), (408, .requestTimeout, true), (409, .temporarilyRefused, true),
            (410, .jobNotFound, false), (418, .badRequest, false), (421, .temporarilyRefused, true),
            (422, .badRequest, false), (423, .temporarilyRefused, true), (425, .temporarilyRefused, true),
            (429, .rateLimited, true), (449, .temporarilyRefused, true),
            (500, .serverError, true),
            (502, .serverError, true), (503, .serverError, true), (504, .serverError, true), (529, .serverError, true),
            (599, .serverError, true), (0, .badRequest, false), (-1, .badRequest, false), (100, .badRequest, false),
        ] as [(Int, FetchError.Code, Bool)]
    )
    func `each HTTP status has a code and isRetryable`(
        status: Int,
        code: FetchError.Code,
        isRetryable: Bool
    ) throws {
        let response = FetchResponse(status: status, body: Data("no\nway".utf8))
        let error = try #require(throws: FetchError.self) { try response.requireSuccess() }
        #expect(error.code == code)
        #expect(error.isRetryable == isRetryable)
        #expect(error.httpStatus == status)
        #expect(error.message.hasSuffix(": “no way”"))
    }

    @Test(arguments: [200, 201, 202, 204, 299])
    func `a success status is not an error`(status: Int) {
        #expect(throws: Never.self) { try FetchResponse(status: status).requireSuccess() }
    }
}
