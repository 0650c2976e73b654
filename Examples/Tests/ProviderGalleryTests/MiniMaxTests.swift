import FetchCore
import FetchTesting
import Foundation
import ProviderGallery
import Testing

@Suite("MiniMax endpoint") struct MiniMaxTests {
    @Test(arguments: ["succeeded", "succeeded-number"])
    func `the file id of a finished video may be a string or a number`(file: String) async throws {
        let link = try await state(.miniMaxVideo, file).output
        #expect(link.lastPathComponent == "output.mp4")
        #expect(link.query == "Expires=1772651700&Signature=x")
        #expect(link.outputArtifacts.map(\.mediaType) == ["video/mp4"])
    }

    @Test func `a failure in an envelope with success has no message`() async throws {
        #expect(try await state(.miniMaxVideo, "failed").failure == JobFailure())
    }

    @Test func `moderation of the input and of the output is a failed job`() async throws {
        let output = try await state(.miniMaxVideo, "failed-moderated").failure
        let message = "the generated video contains sensitive content"
        #expect(output == JobFailure(.moderated, message: message, code: "1027"))
        #expect(try await state(.miniMaxVideo, "failed-moderatedInput").failure.code == "1026")
        #expect(try await state(.miniMaxVideo, "failed-moderatedInput").failure.reason == .moderated)
    }

    @Test(
        arguments: [
            ("error-unauthorized", false), ("error-paymentRequired", false), ("error-badRequest", false),
            ("error-rateLimited", true), ("error-rateLimited-file", true), ("error-serverError", true),
        ]
    )
    func `an error in the envelope has its code and message`(file: String, isRetryable: Bool) async throws {
        let error = try #require(await #expect(throws: FetchError.self) { try await state(.miniMaxVideo, file) })
        #expect(error.httpStatus == 200)
        #expect(error.isRetryable == isRetryable)
        #expect(error.message.hasPrefix("the response has status_code "), "\(error)")
    }

    @Test func `a finished video without a file id is a malformed response`() async throws {
        let body = #"{"status": "Success", "file_id": "", "base_resp": {"status_code": 0}}"#
        let client = FetchClient(
            transport: ScriptedTransport([.json(body)]),
            credentials: .fixed(["minimax": APIKey(ProviderFixtures.key)])
        )
        let error = await #expect(throws: FetchError.self) { try await client.fetch(.miniMaxVideo, id: "1768") }
        #expect(error?.code == .malformedResponse)
        #expect(error?.message.contains("a finished video has no file_id") == true)
    }
}
