import FetchCore
import FetchTesting
import Foundation
import ModelsLab
import ModelsLabFineTune
import Testing

@Suite struct `How a training is asked about, and what the answers mean` {
    @Test func `it keeps the rules of an endpoint, with every documented answer`() async throws {
        try await EndpointConformance(
            ModelsLabFineTuneEndpoint(),
            ids: ["F5jvdzGnYi", "a/b"],
            fixtures: [
                .pending(fixture("deploying-gpu")), .pending(fixture("training-success")),
                .succeeded(fixture("model-ready")), .failed(fixture("training-failed")),
            ]
        ).check()
    }

    @Test func `as documented: POST, the training's id in the path, the key alone in a JSON body`() async throws {
        let transport = ScriptedTransport([.json(try fixture("deploying-gpu"))])
        _ = try await client(transport).fetch(.modelsLabFineTune, id: "F5jvdzGnYi")
        let request = try #require(transport.requests.first)
        #expect(request.description == "POST https://modelslab.com/api/v3/fine_tune_status/F5jvdzGnYi")
        #expect(request.body.map { String(decoding: $0, as: UTF8.self) } == #"{"key":"test-key"}"#)
    }

    @Test func `a training is waited for to its end, though every answer calls itself a success`() async throws {
        let clock = VirtualClock()
        let transport = ScriptedTransport(
            try ["deploying-gpu", "training-success", "model-ready"].map { .json(try fixture($0)) },
            clock: clock
        )
        let client = try FetchClient(
            registry: EndpointRegistry(.modelsLabFineTune),
            transport: transport,
            credentials: .fixed([.modelsLab: APIKey("test-key")]),
            clock: clock,
            wallClock: clock.wallClock
        )
        let output = try await clock.run {
            try await client.result(JobReference("modelslab.finetune:F5jvdzGnYi"))
        }
        #expect(transport.requests.count == 3)
        #expect(output.outputArtifacts == [Artifact(.text("F5jvdzGnYi"))])
    }

    @Test func `a model that is ready has the training's id and what was said of it`() async throws {
        let model = try await client(fixture("model-ready")).result(.modelsLabFineTune, id: "F5jvdzGnYi")
        #expect(model.id == "F5jvdzGnYi")
        #expect(model.log?.hasSuffix("The model is there") == true)
    }

    @Test(arguments: [
        "deploying_gpu", "training_started", "training_success", "trained_model_compressing",
        "trained_model_uploading", "trained_model_uploaded", "deploying_model", "a_word_of_next_year",
    ])
    func `every other word is a training's that isn't ready`(word: String) async throws {
        let answer = #"{"status":"success","messege":"\#(word)","data":"Soon."}"#
        let state = try await client(answer).fetch(.modelsLabFineTune, id: "F5jvdzGnYi")
        #expect(state == .pending(JobProgress(message: word, details: ["data": "Soon."])))
    }

    @Test func `a training that failed says why`() async throws {
        let state = try await client(fixture("training-failed")).fetch(.modelsLabFineTune, id: "F5jvdzGnYi")
        #expect(state == .failed(JobFailure(message: "Fewer than three of the pictures could be read.")))
    }

    @Test(arguments: [
        ("not-found", 404, FetchError.Code.jobNotFound), ("not-found", 200, .jobNotFound),
    ])
    func `a training that nobody knows is an error`(name: String, status: Int, code: FetchError.Code) async throws {
        let transport = ScriptedTransport([.json(try fixture(name), status: status)])
        let error = await #expect(throws: FetchError.self) {
            try await client(transport).fetch(.modelsLabFineTune, id: "F5jvdzGnYi")
        }
        #expect(error?.code == code)
        #expect(error?.message.contains("There is no such training.") == true)
    }

    @Test func `an answer that says nothing of the training is malformed`() async throws {
        let error = await #expect(throws: FetchError.self) {
            try await client(#"{"status":"success"}"#).fetch(.modelsLabFineTune, id: "F5jvdzGnYi")
        }
        #expect(error?.code == .malformedResponse)
    }

    private func client(_ answer: String) -> FetchClient { client(ScriptedTransport([.json(answer)])) }

    private func client(_ transport: ScriptedTransport) -> FetchClient {
        FetchClient(
            transport: transport,
            credentials: .fixed([.modelsLab: APIKey("test-key")]),
            policy: PollingPolicy(requestTimeout: .seconds(3600))
        )
    }
}
