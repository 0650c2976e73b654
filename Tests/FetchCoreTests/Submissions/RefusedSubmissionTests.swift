import FetchCore
import FetchTesting
import Foundation
import TestSupport
import Testing

@Suite("Responses to submissions without a job") struct RefusedSubmissionTests {
    private let client: FetchClient

    init() throws {
        client = FetchClient(
            scripted: ScriptedTransport([.json("{}")]),
            registry: try EndpointRegistry(JSONStateEndpoint())
        )
    }

    /// Returns the error of each way to read the response, which must be the same.
    private func error(_ response: FetchResponse) async throws -> FetchError {
        let client = client
        let typed = try #require(
            await #expect(throws: FetchError.self) {
                try await client.submittedJob(in: response, of: JSONStateEndpoint())
            }
        )
        let error = await #expect(throws: FetchError.self) {
            try await client.result(continuing: response, of: "test.job")
        }
        #expect(error == typed)
        let update = await #expect(throws: FetchError.self) {
            for try await _ in client.updates(continuing: response, of: JSONStateEndpoint()) {}
        }
        #expect(update == typed)
        #expect(typed.endpoint == "test.job")
        return typed
    }

    @Test(arguments: [
        (400, FetchError.Code.badRequest, false), (401, .unauthorized, false), (402, .paymentRequired, false),
        (403, .forbidden, false), (404, .badRequest, false), (409, .temporarilyRefused, true),
        (410, .badRequest, false),
        (422, .badRequest, false), (429, .rateLimited, true), (302, .redirected, false), (500, .serverError, true),
        (503, .serverError, true),
    ])
    func `an error status has its own code and quotes the server, also beside an id`(
        status: Int,
        code: FetchError.Code,
        isRetryable: Bool
    ) async throws {
        for body in [#"{"detail": "no harbour"}"#, #"{"id": 7, "state": "pending", "detail": "no harbour"}"#] {
            let error = try await error(FetchResponse(json: body, status: status))
            #expect(error.code == code)
            #expect(error.isRetryable == isRetryable)
            #expect(error.httpStatus == status)
            #expect(error.message.hasPrefix("the submission failed: "))
            #expect(error.message.contains("no harbour"))
            #expect(error.remedy?.contains("job is") != true)
        }
    }

    @Test func `an error response names no job, though its body says done`() async throws {
        #expect(try await error(FetchResponse(json: #"{"id": 7, "state": "done"}"#, status: 500)).code == .serverError)
    }

    @Test(arguments: [
        ("<html><body>It works</body></html>", "not JSON"), ("", "empty"), (#"{"id": 7, "sta"#, "JSON"),
        (#"{"task": 7}"#, "nothing is at id, links.poll, the header Location"),
        ("[7]", "nothing is at id"), ("null", "nothing is at id"), (#"{"id": ""}"#, "nothing is at id"),
        (#"{"id": {"a": 1}}"#, "id in the response to the submission is an object and not an id"),
        (#"{"id": true}"#, "is true and not an id"), (#"{"id": 1.5}"#, "is a number and not an id"),
    ])
    func `a response without an id is malformed, and the error says what is missing`(body: String, reason: String)
        async throws
    {
        let error = try await error(FetchResponse(json: body))
        #expect(error.code == .malformedResponse)
        #expect(error.message.contains(reason), "\(error)")
        #expect(!error.isRetryable)
        #expect(error.httpStatus == 200)
    }

    @Test(arguments: [#""abc""#, #""007""#, "99999999999999999999", #""7 8""#, #""../7""#])
    func `an id that the endpoint doesn't take is refused`(id: String) async throws {
        let error = try await error(FetchResponse(json: #"{"id": \#(id)}"#))
        #expect([.invalidID, .malformedResponse].contains(error.code), "\(error)")
        #expect(!error.isRetryable)
    }

    @Test(arguments: [
        "https://evil.example/v1/jobs/7", "http://test.example/v1/jobs/7", "https://test.example:444/v1/jobs/7",
        "https://test.example.evil.example/v1/jobs/7", "https://key@test.example/v1/jobs/7", "file:///v1/jobs/7",
    ])
    func `a polling URL of another server is refused`(url: String) async throws {
        let error = try await error(FetchResponse(json: #"{"links": {"poll": "\#(url)"}}"#))
        #expect(error.code == .refusedURL, "\(error)")
    }

    @Test(arguments: [
        "https://test.example/v1/films/7", "https://test.example/v1/jobs/abc", "https://test.example/v1/jobs/", "7 8",
    ])
    func `a URL that polls no job of the endpoint is malformed`(url: String) async throws {
        let error = try await error(FetchResponse(json: #"{"links": {"poll": "\#(url)"}}"#))
        #expect(error.code == .malformedResponse, "\(error)")
        #expect(error.message.contains("links.poll in the response to the submission"))
    }

    @Test func `a challenge of a firewall isn't an answer of the provider`() async throws {
        let response = FetchResponse(status: 403, headers: ["cf-mitigated": "challenge"], body: Data("<html>".utf8))
        let error = try await error(response)
        #expect(error.code == .intercepted)
        #expect(error.isRetryable)
    }

    @Test func `an endpoint that declares no places asks for the id`() async throws {
        let client = client
        let error = await #expect(throws: FetchError.self) {
            try await client.result(continuing: FetchResponse(json: #"{"id": 7}"#), of: ConfigurableEndpoint<Int>())
        }
        #expect(error?.code == .malformedEndpoint)
        #expect(error?.remedy == "Pass the job's id, or declare the endpoint's submission.")
    }

    @Test func `a name that isn't registered is an error`() async throws {
        let client = client
        let error = await #expect(throws: FetchError.self) {
            try await client.result(continuing: FetchResponse(json: #"{"id": 7}"#), of: "test.jobs")
        }
        #expect(error?.code == .unknownEndpoint)
        #expect(error?.remedy?.contains("test.job") == true)
    }

    @Test(arguments: [
        (FetchResponse(json: #"{"id": 7}"#), FetchError.Code.unknownEndpoint),
        (FetchResponse(json: #"{"links": {"poll": "https://evil.example/v1/jobs/7"}}"#), .unknownEndpoint),
        (FetchResponse(json: #"{"links": {"poll": "/v1/jobs/7"}}"#), .unknownEndpoint),
        (FetchResponse(json: "", status: 200), .unknownEndpoint),
        (FetchResponse(json: #"{"detail": "no harbour"}"#, status: 401), .unauthorized),
        (FetchResponse(json: "<html>", status: 502), .serverError),
    ])
    func `without an endpoint's name, a response without a known polling URL is an error`(
        response: FetchResponse,
        code: FetchError.Code
    ) async throws {
        let client = client
        let error = await #expect(throws: FetchError.self) { try await client.result(continuing: response) }
        #expect(error?.code == code)
        #expect(error?.httpStatus == response.status)
    }

    @Test func `an error of the submission doesn't quote a key that the response echoes`() async throws {
        let key = "sk-canary-0123456789"
        let endpoint = ConfigurableEndpoint<Int>(submission: SubmissionForm(id: "id"))
        let client = client
        for response in [
            FetchResponse(json: #"{"error": "bad key \#(key)"}"#, status: 401),
            FetchResponse(json: #"{"id": "\#(key)"}"#),
            FetchResponse(json: "<html>\(key)"), FetchResponse(json: #"{"key": "\#(key)"}"#),
        ] {
            let error = await #expect(throws: FetchError.self) {
                try await client.submittedJob(in: response, of: endpoint)
            }
            #expect(error.map { "\($0)".contains("[redacted]") } == true, "\(response.body)")
            #expect(error.map { "\($0)".contains(key) } == false)
            let unnamed = await #expect(throws: FetchError.self) { try await client.submittedJob(in: response) }
            #expect(unnamed.map { "\($0)".contains(key) } == false)
        }
    }
}
