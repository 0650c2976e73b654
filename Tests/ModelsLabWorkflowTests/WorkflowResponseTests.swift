import FetchCore
import FetchTesting
import Foundation
import ModelsLab
import ModelsLabWorkflow
import TestSupport
import Testing

@Suite("Workflow responses") struct WorkflowResponseTests {
    private let run = WorkflowRun(workflow: "6351a2b3-82ce-4d27-8c3d-2f7fa1e19e30", run: 7481)

    @Test func `polling continues until the run has completed, though every response has the status success`()
        async throws
    {
        let clock = VirtualClock()
        let transport = ScriptedTransport(
            try ["pending", "running", "completed"].map { .json(try fixture($0, in: .module)) },
            clock: clock
        )
        let client = try FetchClient(
            registry: EndpointRegistry(.modelsLabWorkflow),
            transport: transport,
            credentials: .fixed([.modelsLab: APIKey("test-key")]),
            environment: FetchClient.Environment(clock: clock, wallClock: clock.wallClock)
        )
        let job = try JobReference(endpoint: "modelslab.workflow", id: run.description)
        let output = try await clock.run { try await client.result(job) }
        #expect(transport.requests.count == 3)
        let picture = URL(string: "https://cdn.example.com/generated/lighthouse-4x.png")
        #expect(output.outputArtifacts.map(\.url) == [picture])
        #expect(output.outputArtifacts.map(\.mediaType) == ["image/png"])
    }

    @Test func `a completed run has its steps, its duration and the unchanged output`() async throws {
        let output = try await client(fixture("completed", in: .module)).result(.modelsLabWorkflow, id: run)
        #expect(
            output.steps == [
                WorkflowStep(name: "Draw", status: "completed"), WorkflowStep(name: "Enlarge", status: "completed"),
            ]
        )
        #expect(output.executionTime == .seconds(21.5))
        #expect(output.value["proxy_links"]?.array?.count == 1)
    }

    @Test func `the message of a pending run is the running step`() async throws {
        let state = try await client(fixture("running", in: .module)).fetch(.modelsLabWorkflow, id: run)
        guard case .pending(let progress) = state else {
            Issue.record("Unexpected state: \(state)")
            return
        }
        #expect(progress.message == "Enlarge")
        #expect(progress.details["steps"]?.array?.count == 2)
    }

    @Test(arguments: [
        ("failed", JobFailure(message: "Request not found in step 1: there is no picture to enlarge.")),
        ("cancelled", JobFailure(.cancelled)),
    ])
    func `a failed or cancelled run has its message, even if the message resembles a request error`(
        name: String,
        failure: JobFailure
    ) async throws {
        let state = try await client(fixture(name, in: .module)).fetch(.modelsLabWorkflow, id: run)
        #expect(state == .failed(failure))
    }

    @Test(arguments: [
        (#"{"output":"https://example.com/a.png"}"#, Artifact.Content.url(URL(string: "https://example.com/a.png")!)),
        (#"{"output":"","links":["https://example.com/a.mp3"]}"#, .url(URL(string: "https://example.com/a.mp3")!)),
        (#"{"output":[],"proxy_links":"https://example.com/a"}"#, .url(URL(string: "https://example.com/a")!)),
        (#"{"status":"success","message":"A poem."}"#, .text("A poem.")),
        (#"["https://example.com/a.png"]"#, .url(URL(string: "https://example.com/a.png")!)),
        (#""A poem.""#, .text("A poem.")),
        (#"{"score":7}"#, .json(["score": 7])),
    ])
    func `the artifacts are read from any shape of output`(
        value: String,
        content: Artifact.Content
    ) async throws {
        let body = #"{"status":"success","execution":{"status":"completed"},"output":\#(value)}"#
        let output = try await client(body).result(.modelsLabWorkflow, id: run)
        #expect(output.outputArtifacts.map(\.content) == [content])
    }

    @Test func `a run without an output has no artifacts`() async throws {
        let body = #"{"status":"success","execution":{"status":"completed"},"output":null,"steps":7}"#
        let output = try await client(body).result(.modelsLabWorkflow, id: run)
        #expect(output == WorkflowOutput(value: .null))
        #expect(output.outputArtifacts.isEmpty)
    }

    @Test(arguments: [
        (200, #"{"status":"error","message":"Invalid API key"}"#, FetchError.Code.unauthorized),
        (404, #"{"status":"error","message":"There is no such run."}"#, .jobNotFound),
        (429, #"{"status":"error","message":"Slower.","retry_after":20}"#, .rateLimited),
        (200, #"{"status":"success"}"#, .malformedResponse),
        (200, #"{"status":"success","execution":"completed"}"#, .malformedResponse),
    ])
    func `an error of the request is thrown`(
        status: Int,
        body: String,
        code: FetchError.Code
    ) async throws {
        let error = await #expect(throws: FetchError.self) {
            try await client(body, status: status).fetch(.modelsLabWorkflow, id: run)
        }
        #expect(error?.code == code)
        #expect(error?.retryAfter == (status == 429 ? .seconds(20) : nil))
    }

    private func client(_ body: String, status: Int = 200) -> FetchClient {
        FetchClient(
            transport: ScriptedTransport([.json(body, status: status)]),
            credentials: .fixed([.modelsLab: APIKey("test-key")]),
            configuration: FetchClient.Configuration(policy: PollingPolicy(requestTimeout: .seconds(3600)))
        )
    }
}
