import FetchCore
import FetchTesting
import Foundation
import ModelsLab
import TestSupport
import Testing

/// Responses to submissions, as documented and as published by clients.
@Suite("Submissions") struct SubmissionTests {
    private let client = FetchClient(
        transport: ScriptedTransport([.json("{}")]),
        credentials: .fixed([.modelsLab: APIKey("test-key")])
    )

    @Test(arguments: [
        #"{"status":"processing","id":67545,"eta":20,"fetch_result":null}"#,
        #"{"status":"processing","id":"67545","eta":"20","fetch_result":""}"#,
        #"{"id":null,"eta":20,"fetch_result":"https://modelslab.com/api/v6/interior/fetch/67545"}"#,
        // In some published responses, the URL has another id.
        #"{"status":"processing","id":67545,"eta":20,"fetch_result":"https://modelslab.com/api/v6/interior/fetch/1"}"#,
        #"{"status":"queued","id":67545,"eta":20,"links":["https://cdn.example.com/a.png"]}"#,
        #"{"id":67545,"eta":20,"message":"Request processing"}"#,
    ])
    func `a submission in any published form is continued with its ETA`(body: String) async throws {
        let job = try await client.submittedJob(in: FetchResponse(json: body), of: Interior())
        guard case .queued(let queued) = job else { return #expect(Bool(false), "\(job)") }
        #expect(try queued.job == JobReference("modelslab.interior:67545"))
        #expect(queued.submitted?.eta == .seconds(20))
    }

    @Test func `enterprise sounds have the id in taskId, and their links aren't results yet`() async throws {
        let sounds = ModelsLabFamily<String>("modelslab.enterprise.sounds", api: .enterprise, path: "sfx/fetch/{id}")
        let response = FetchResponse(json: try fixture("queued-sound", in: .module))
        guard case .queued(let queued) = try await client.submittedJob(in: response, of: sounds) else {
            return #expect(Bool(false))
        }
        #expect(queued.job.id == "9d0c5a6e-sound")
        #expect(queued.submitted?.eta == .seconds(16))
    }

    @Test func `a family whose id is in the body is continued by the id`() async throws {
        let images = ModelsLabFamily<String>("modelslab.images", path: "images/fetch", idField: "request_id")
        let response = FetchResponse(json: #"{"status":"processing","id":67545,"fetch_result":"https://a.example/1"}"#)
        guard case .queued(let queued) = try await client.submittedJob(in: response, of: images) else {
            return #expect(Bool(false))
        }
        #expect(queued.job.id == "67545")
    }

    @Test func `a picture that is done at once isn't polled`() async throws {
        let response = FetchResponse(json: try fixture("success-picture", in: .module))
        let picture = try await client.result(continuing: response, of: Interior())
        #expect(picture.outputs == [URL(string: "https://pub-example.r2.dev/generations/lighthouse-0.png")])
    }

    @Test(arguments: [
        (#"{"status":"error","message":"Invalid API key."}"#, 200, FetchError.Code.unauthorized, false),
        (#"{"status":"error","message":{"prompt":["The prompt is required."]}}"#, 200, .badRequest, false),
        (#"{"status":"error","code":"insufficient_balance","message":"Top up"}"#, 200, .paymentRequired, false),
        (
            #"{"status":"error","message":"Rate limit exceeded. Maximum 5 queued requests allowed."}"#, 200,
            .rateLimited, true
        ),
        (#"{"status":"error","message":"Rate limit exceeded","retry_after":30}"#, 429, .rateLimited, true),
        (#"{"status":"error","message":"You are out of credits."}"#, 403, .paymentRequired, false),
        (#"{"status":"failed","id":"","message":"Request not found","output":""}"#, 200, .badRequest, false),
        (#"{"status":"error","message":"Try Again"}"#, 200, .malformedResponse, false),
        ("<html><h1>502 Bad Gateway</h1></html>", 502, .serverError, true),
        ("<html></html>", 200, .malformedResponse, false), ("", 200, .malformedResponse, false),
    ])
    func `a refused submission is the same error as in a poll`(
        body: String,
        status: Int,
        code: FetchError.Code,
        isRetryable: Bool
    ) async throws {
        let client = client
        let response = FetchResponse(json: body, status: status)
        let error = await #expect(throws: FetchError.self) {
            try await client.result(continuing: response, of: Interior())
        }
        #expect(error?.code == code)
        #expect(error?.isRetryable == isRetryable)
        #expect(error?.httpStatus == status)
    }

    @Test func `a job that has failed at once is a failed job`() async throws {
        let response = FetchResponse(json: #"{"status":"error","code":"provider_error","message":"no room"}"#)
        let job = try await client.submittedJob(in: response, of: Interior())
        guard case .failed(let failure) = job else { return #expect(Bool(false)) }
        #expect(failure == JobFailure(message: "no room", code: "provider_error"))
    }
}
