import FetchCore
import FetchTesting
import Foundation
import ModelsLab
import ModelsLabVideo
import TestSupport
import Testing

@Suite("Video responses") struct VideoResponseTests {
    @Test func `a succeeded video has every documented field`() async throws {
        let video = try await client(fixture("success", in: .module)).result(.modelsLabVideo, id: .max)
        #expect(video.id == "9223372036854775807")
        #expect(video.outputs == [URL(string: "https://pub-example.r2.dev/generations/harbour.mp4")])
        #expect(video.source == .output)
        #expect(video.proxyLinks == [URL(string: "https://cdn.example.com/generations/harbour.mp4")])
        #expect(video.futureLinks == [URL(string: "https://pub-example.r2.dev/generations/harbour.gif")])
        #expect(video.generationTime == .seconds(41.25))
        #expect(video.message == "The video is ready.")
        #expect(video.fields["eta"] == 0)
        #expect(video.fields["tip"] == "Download it within a day.")
        #expect(
            video.fields["fetch_result"] == "https://modelslab.com/api/v6/video/fetch/9223372036854775807"
        )
    }

    @Test func `undocumented metadata is kept as typed JSON values`() async throws {
        let video = try await client(fixture("success", in: .module)).result(.modelsLabVideo, id: .max)
        #expect(
            video.meta == [
                "prompt": "a harbour in the morning",
                "seed": 3_742_531_967,
                "fps": 16,
                "guidance_scale": 7.5,
                "instant_response": false,
                "webhook": nil,
                "sizes": [512, 288],
            ]
        )
    }

    @Test func `a pending video has every documented field`() async throws {
        let state = try await client(fixture("processing", in: .module)).fetch(.modelsLabVideo, id: 77)
        #expect(
            state
                == .pending(
                    JobProgress(
                        eta: .seconds(60),
                        message: "The video is being made.",
                        details: [
                            "status": "processing",
                            "tip": "It will be there sooner with another plan.",
                            "fetch_result": "https://modelslab.com/api/v6/video/fetch/77",
                            "id": 77,
                            "output": [],
                            "future_links": ["https://pub-example.r2.dev/generations/harbour.mp4"],
                            "meta": ["prompt": "a harbour in the morning"],
                        ]
                    )
                )
        )
    }

    @Test func `a 200 with the status error is a failed job, and result throws it`() async throws {
        let client = try client(fixture("error", in: .module))
        let failure = JobFailure(message: "The video could not be made from this picture.")
        #expect(try await client.fetch(.modelsLabVideo, id: 77) == .failed(failure))
        let error = try #require(
            await #expect(throws: FetchError.self) { try await client.result(.modelsLabVideo, id: 77) }
        )
        #expect(error.code == .jobFailed)
        #expect(error.failure == failure)
    }

    @Test(arguments: [
        (400, "bad-request", FetchError.Code.badRequest, false, "The parameters are not valid."),
        (401, "unauthorized", .unauthorized, false, "Invalid API key."),
        (404, "not-found", .jobNotFound, true, "Video not found."),
        (500, "server-error", .serverError, true, "Internal server error."),
    ])
    func `each documented error status has its own error code`(
        status: Int,
        fixtureName: String,
        code: FetchError.Code,
        isRetryable: Bool,
        message: String
    ) async throws {
        let client = try client(fixture(fixtureName, in: .module), status: status)
        let error = try #require(
            await #expect(throws: FetchError.self) { try await client.fetch(.modelsLabVideo, id: 77) }
        )
        #expect(error.code == code)
        #expect(error.isRetryable == isRetryable)
        #expect(error.httpStatus == status)
        #expect(error.endpoint == "modelslab.video")
        #expect(error.id == "77")
        #expect(error.message.contains(message))
    }

    @Test func `a result by job reference has the artifact and can be cast to the typed result`() async throws {
        let client = try client(fixture("success", in: .module))
        let output = try await client.result(JobReference("modelslab.video:42"))
        let url = try #require(URL(string: "https://pub-example.r2.dev/generations/harbour.mp4"))
        #expect(output.outputArtifacts.map(\.content) == [.url(url)])
        #expect(output.outputArtifacts.map(\.mediaType) == ["video/mp4"])
        #expect(output.outputArtifacts.allSatisfy { $0.expiryDate != nil })
        let video = try #require(output as? Generation<[String: JSONValue]>)
        #expect(video.generationTime == .seconds(41.25))
    }

    private func client(_ body: String, status: Int = 200) throws -> FetchClient {
        try FetchClient(
            registry: EndpointRegistry(.modelsLabVideo),
            transport: ScriptedTransport([.json(body, status: status)]),
            credentials: .fixed([.modelsLab: APIKey("test-key")]),
            configuration: FetchClient.Configuration(policy: PollingPolicy(requestTimeout: .seconds(3600)))
        )
    }
}
