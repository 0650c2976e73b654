import FetchCore
import FetchTesting
import Foundation
import ModelsLab
import ModelsLabWorkflow
import TestSupport
import Testing

@Suite("Workflow requests") struct WorkflowRequestTests {
    private let transport = ScriptedTransport([.json(#"{"status":"success","execution":{"status":"pending"}}"#)])
    private let run = WorkflowRun(workflow: "6351a2b3-82ce-4d27-8c3d-2f7fa1e19e30", run: 7481)

    @Test func `the endpoint conforms with every documented response`() async throws {
        try await EndpointConformance(
            ModelsLabWorkflowEndpoint(),
            ids: [run, WorkflowRun(workflow: "up scale", run: .max)],
            fixtures: [
                .pending(fixture("pending", in: .module)), .pending(fixture("running", in: .module)),
                .succeeded(fixture("completed", in: .module)),
                .failed(fixture("failed", in: .module)), .failed(fixture("cancelled", in: .module)),
            ],
            submissions: [
                .queued(FetchResponse(json: fixture("submission", in: .module), status: 202), id: "\(run)")
            ]
        ).check()
    }

    @Test func `the request is a GET with two ids in the path and the key only in the header key`() async throws {
        _ = try await client().fetch(.modelsLabWorkflow, id: run)
        let request = try #require(transport.requests.first)
        #expect(request.method == .get)
        #expect(
            request.url.absoluteString
                == "https://modelslab.com/api/v1/workflows/6351a2b3-82ce-4d27-8c3d-2f7fa1e19e30/runs/7481"
        )
        #expect(request.headers.fields.filter { $0.value.contains("test-key") }.map(\.name) == ["key"])
        #expect(request.headers["key"] == "test-key")
        #expect(request.body == nil)
    }

    @Test func `an id in a job reference is the workflow's id, a slash and the run's id`() async throws {
        _ = try await client().fetch(JobReference("modelslab.workflow:upscale/7"))
        #expect(
            transport.requests.first?.url.absoluteString == "https://modelslab.com/api/v1/workflows/upscale/runs/7"
        )
    }

    @Test func `the registry resolves the status_url of the submission's response to the run`() throws {
        let url = try #require(
            URL(string: "https://modelslab.com/api/v1/workflows/6351a2b3-82ce-4d27-8c3d-2f7fa1e19e30/runs/7481")
        )
        let job = try EndpointRegistry(.modelsLabWorkflow).reference(for: url)
        #expect(job?.id == run.description)
        #expect(WorkflowRun(run.description) == run)
    }

    @Test(arguments: ["", "7481", "upscale/", "/7", "upscale/seven", "upscale/07", "a/b/7", "../7"])
    func `an invalid run id is refused before a request is sent`(id: String) async throws {
        let client = try client()
        let error = await #expect(throws: FetchError.self) {
            try await client.fetch(JobReference(endpoint: "modelslab.workflow", id: id))
        }
        #expect(error?.code == .invalidID)
        #expect(transport.requests.isEmpty)
    }

    private func client() throws -> FetchClient {
        try FetchClient(
            registry: EndpointRegistry(.modelsLabWorkflow),
            transport: transport,
            credentials: .fixed([.modelsLab: APIKey("test-key")]),
            configuration: FetchClient.Configuration(policy: PollingPolicy(requestTimeout: .seconds(3600)))
        )
    }
}
