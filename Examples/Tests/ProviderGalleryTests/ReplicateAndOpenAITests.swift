import FetchCore
import Foundation
import ProviderGallery
import Testing

@Suite("Replicate and OpenAI endpoints") struct ReplicateAndOpenAITests {
    @Test func `Replicate's output has the structure that the model returns`() async throws {
        let links = try await state(.replicatePrediction, "succeeded-links").output
        #expect(links.outputArtifacts.map(\.url?.lastPathComponent) == ["out-0.png", "out-1.png"])
        #expect(links.outputArtifacts.map(\.mediaType) == ["image/png", "image/png"])
        let text = try await state(.replicatePrediction, "succeeded-text").output
        #expect(text.outputArtifacts == [Artifact(.text("A lighthouse at dusk."))])
        #expect(try await state(.replicatePrediction, "failed-removed").failure == JobFailure(.expired))
        #expect(try await state(.replicatePrediction, "failed-cancelled").failure.reason == .cancelled)
    }

    @Test func `OpenAI's progress is a percentage, and the follow-up response is the file`() async throws {
        #expect(try await state(.openAIVideo, "pending-inProgress").progress.fraction == 0.33)
        let file = try await state(.openAIVideo, "succeeded").output
        #expect(file == Artifact(.data(Data("what would be a film".utf8)), mediaType: "video/mp4"))
        #expect(try await state(.openAIVideo, "failed").failure.code == "moderation_blocked")
        #expect(try await state(.openAIVideo, "failed-odd").failure == JobFailure(code: "4711"))
        #expect(try await state(.openAIVideo, "failed-number").failure == JobFailure(message: "4711"))
    }
}
