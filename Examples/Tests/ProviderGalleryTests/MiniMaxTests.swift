import FetchCore
import FetchTesting
import Foundation
import ProviderGallery
import Testing

/// What MiniMax's envelopes say of a request and of a video.
@Suite struct MiniMaxTests {
    @Test(arguments: ["succeeded", "succeeded-number"])
    func `a finished video is a link behind a file id, a text or a number`(file: String) async throws {
        let link = try await state(.miniMaxVideo, file).output
        #expect(link.lastPathComponent == "output.mp4")
        #expect(link.query == "Expires=1772651700&Signature=x")
        #expect(link.outputArtifacts.map(\.mediaType) == ["video/mp4"])
    }

    @Test func `a failure that the envelope calls a success has no words`() async throws {
        #expect(try await state(.miniMaxVideo, "failed").failure == JobFailure())
    }

    @Test func `what moderation withheld failed for good, on either side`() async throws {
        let output = try await state(.miniMaxVideo, "failed-moderated").failure
        let words = "the generated video contains sensitive content"
        #expect(output == JobFailure(.moderated, message: words, code: "1027"))
        #expect(try await state(.miniMaxVideo, "failed-moderatedInput").failure.code == "1026")
        #expect(try await state(.miniMaxVideo, "failed-moderatedInput").failure.reason == .moderated)
    }

    @Test(
        arguments: [
            ("error-unauthorized", false), ("error-paymentRequired", false), ("error-badRequest", false),
            ("error-rateLimited", true), ("error-rateLimited-file", true), ("error-serverError", true),
        ]
    )
    func `an error in the envelope has its code and words`(file: String, isRetryable: Bool) async throws {
        let error = try #require(await #expect(throws: FetchError.self) { try await state(.miniMaxVideo, file) })
        #expect(error.httpStatus == 200)
        #expect(error.isRetryable == isRetryable)
        #expect(error.message.hasPrefix("the answer's status_code is "), "\(error)")
    }

    @Test func `a finished video without a file is an error that passes`() async throws {
        let answer = #"{"status": "Success", "file_id": "", "base_resp": {"status_code": 0}}"#
        let client = FetchClient(
            transport: ScriptedTransport([.json(answer)]),
            credentials: .fixed(["minimax": APIKey(Dialect.key)])
        )
        let error = await #expect(throws: FetchError.self) { try await client.fetch(.miniMaxVideo, id: "1768") }
        #expect(error?.code == .malformedResponse)
        #expect(error?.message.contains("a finished video has no file_id") == true)
    }
}
