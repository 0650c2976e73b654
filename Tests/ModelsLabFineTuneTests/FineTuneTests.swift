import FetchCore
import FetchTesting
import Foundation
import ModelsLab
import ModelsLabFineTune
import TestSupport
import Testing

@Suite("Fine-tuning endpoint") struct FineTuneTests {
    @Test func `the endpoint conforms with every documented response`() async throws {
        try await EndpointConformance(
            ModelsLabFineTuneEndpoint(),
            ids: ["F5jvdzGnYi", "a/b"],
            fixtures: [
                .pending(fixture("deploying-gpu", in: .module)), .pending(fixture("training-success", in: .module)),
                .succeeded(fixture("model-ready", in: .module)), .failed(fixture("training-failed", in: .module)),
            ],
            submissions: [
                .queued(FetchResponse(json: fixture("submission", in: .module)), id: "F5jvdzGnYi"),
                .refused(FetchResponse(json: fixture("deploying-gpu", in: .module)), as: .malformedResponse),
            ]
        ).check()
    }

    @Test func `the request is a POST with the id in the path and only the key in the JSON body`() async throws {
        let transport = ScriptedTransport([.json(try fixture("deploying-gpu", in: .module))])
        _ = try await client(transport).fetch(.modelsLabFineTune, id: "F5jvdzGnYi")
        let request = try #require(transport.requests.first)
        #expect(request.description == "POST https://modelslab.com/api/v3/fine_tune_status/F5jvdzGnYi")
        #expect(request.body.map { String(decoding: $0, as: UTF8.self) } == #"{"key":"test-key"}"#)
    }

    @Test func `polling continues until the model is ready, though every response has the status success`() async throws
    {
        let clock = VirtualClock()
        let transport = ScriptedTransport(
            try ["deploying-gpu", "training-success", "model-ready"].map { .json(try fixture($0, in: .module)) },
            clock: clock
        )
        let client = try FetchClient(
            registry: EndpointRegistry(.modelsLabFineTune),
            transport: transport,
            credentials: .fixed([.modelsLab: APIKey("test-key")]),
            environment: FetchClient.Environment(clock: clock, wallClock: clock.wallClock)
        )
        let output = try await clock.run {
            try await client.result(JobReference("modelslab.finetune:F5jvdzGnYi"))
        }
        #expect(transport.requests.count == 3)
        #expect(output.outputArtifacts == [Artifact(.text("F5jvdzGnYi"))])
    }

    @Test func `a trained model has the training's id and log`() async throws {
        let model = try await client(fixture("model-ready", in: .module)).result(.modelsLabFineTune, id: "F5jvdzGnYi")
        #expect(model.id == "F5jvdzGnYi")
        #expect(model.log?.hasSuffix("The model is there") == true)
    }

    @Test(arguments: [
        "deploying_gpu", "training_started", "training_success", "trained_model_compressing",
        "trained_model_uploading", "trained_model_uploaded", "deploying_model", "an_unknown_status",
    ])
    func `every other status is pending`(status: String) async throws {
        let body = #"{"status":"success","messege":"\#(status)","data":"Soon."}"#
        let state = try await client(body).fetch(.modelsLabFineTune, id: "F5jvdzGnYi")
        #expect(state == .pending(JobProgress(message: status, details: ["data": "Soon."])))
    }

    @Test func `a failed training has the log as its message`() async throws {
        let state = try await client(fixture("training-failed", in: .module)).fetch(
            .modelsLabFineTune,
            id: "F5jvdzGnYi"
        )
        #expect(state == .failed(JobFailure(message: "Fewer than three of the pictures could be read.")))
    }

    @Test(arguments: [
        ("not-found", 404, FetchError.Code.jobNotFound), ("not-found", 200, .jobNotFound),
    ])
    func `an unknown training is an error`(name: String, status: Int, code: FetchError.Code) async throws {
        let transport = ScriptedTransport([.json(try fixture(name, in: .module), status: status)])
        let error = await #expect(throws: FetchError.self) {
            try await client(transport).fetch(.modelsLabFineTune, id: "F5jvdzGnYi")
        }
        #expect(error?.code == code)
        #expect(error?.message.contains("There is no such training.") == true)
    }

    @Test func `a response without a training status is malformed`() async throws {
        let error = await #expect(throws: FetchError.self) {
            try await client(#"{"status":"success"}"#).fetch(.modelsLabFineTune, id: "F5jvdzGnYi")
        }
        #expect(error?.code == .malformedResponse)
    }

    private func client(_ body: String) -> FetchClient { client(ScriptedTransport([.json(body)])) }

    private func client(_ transport: ScriptedTransport) -> FetchClient {
        FetchClient(
            transport: transport,
            credentials: .fixed([.modelsLab: APIKey("test-key")]),
            configuration: FetchClient.Configuration(policy: PollingPolicy(requestTimeout: .seconds(3600)))
        )
    }
}
