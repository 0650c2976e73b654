import FetchCore
import FetchTesting
import Foundation
import ProviderGallery
import Testing

@Suite("fal endpoint") struct FalQueueTests {
    @Test func `the queue position is a detail of the progress`() async throws {
        let queued = try await state(.falQueue, "pending-queued").progress
        #expect(queued == JobProgress(details: ["queue_position": 3]))
        #expect(try await state(.falQueue, "pending-running").progress == JobProgress())
    }

    @Test func `the status_url of a submission identifies the job for any model path`() throws {
        let url = try #require(URL(string: "https://queue.fal.run/fal-ai/flux/requests/764cabcf/status"))
        let job = try #require(EndpointRegistry(.falQueue).reference(for: url))
        #expect(job.description == "fal.queue:fal-ai/flux/764cabcf")
    }

    @Test func `files are found at any depth of the output`() async throws {
        let images = try await state(.falQueue, "succeeded-images").output
        #expect(images.value["seed"] == 42)
        #expect(images.outputArtifacts.map(\.url?.lastPathComponent) == ["0.webp", "1.jpeg"])
        // The declared content type takes precedence over the file extension.
        #expect(images.outputArtifacts.map(\.mediaType) == ["image/png", "image/jpeg"])
        let inline = try await state(.falQueue, "succeeded-inline").output
        #expect(inline.outputArtifacts == [Artifact(.data(Data("pixels".utf8)), mediaType: "image/png")])
        let text = try await state(.falQueue, "succeeded-text").output
        #expect(text.outputArtifacts == [Artifact(.json(text.value))])
    }

    @Test(
        arguments: [
            (
                "failed",
                JobFailure(message: "The image can't be loaded; The seed is below zero", code: "image_load_error")
            ),
            ("failed-sentence", JobFailure(message: "This model takes no negative prompt.")),
            (
                "failed-moderated",
                JobFailure(.moderated, message: "The prompt was flagged.", code: "content_policy_violation")
            ),
            ("failed-runner", JobFailure(message: "The runner went away.", code: "runner_disconnected")),
            (
                "failed-cancelled",
                JobFailure(.cancelled, message: "The request was cancelled.", code: "client_cancelled")
            ),
            ("failed-known", JobFailure(message: "The request took too long.", code: "request_timeout")),
        ]
    )
    func `a failure is read from the result or from the status`(file: String, failure: JobFailure) async throws {
        #expect(try await state(.falQueue, file).failure == failure)
    }

    @Test(arguments: [400, 500])
    func `a result that isn't available yet is requested again`(status: Int) async throws {
        let completed = ScriptedTransport.Step.json(#"{"status": "COMPLETED"}"#)
        let early = ScriptedTransport.Step.json(#"{"detail": "Request is still in progress"}"#, status: status)
        let result = ScriptedTransport.Step.json(#"{"video": {"url": "https://v3.fal.example/files/a/film.mp4"}}"#)
        let clock = VirtualClock()
        let transport = ScriptedTransport([completed, early, completed, result], clock: clock)
        let client = FetchClient(
            transport: transport,
            credentials: .fixed(["fal": APIKey(ProviderFixtures.key)]),
            environment: FetchClient.Environment(clock: clock)
        )
        let states = try await clock.run {
            var states: [FetchState<FalQueue.ModelOutput>] = []
            for try await update in client.updates(.falQueue, id: "fal-ai/hunyuan-video/764c") {
                states.append(update.state)
            }
            return states
        }
        #expect(states.count == 2)
        #expect(try states.first?.progress == JobProgress())
        #expect(try states.last?.output.outputArtifacts.map(\.mediaType) == ["video/mp4"])
        let job = "/fal-ai/hunyuan-video/requests/764c"
        #expect(transport.requests.map { $0.url.path() } == [job + "/status", job, job + "/status", job])
    }
}
