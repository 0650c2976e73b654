import FetchCore
import Foundation
import ProviderGallery
import Testing

@Suite("Luma endpoint") struct LumaTests {
    @Test func `the video precedes its still image`() async throws {
        let assets = try await state(.lumaGeneration, "succeeded-video").output
        #expect(assets.video?.lastPathComponent == "lighthouse.mp4")
        #expect(assets.progressVideo == nil)
        #expect(assets.outputArtifacts.map(\.mediaType) == ["video/mp4", "image/jpeg"])
    }

    @Test func `an image generation has no video`() async throws {
        let assets = try await state(.lumaGeneration, "succeeded-image").output
        #expect(assets.video == nil)
        #expect(assets.outputArtifacts == [assets.image].compactMap(\.self).outputArtifacts)
        #expect(assets.outputArtifacts.count == 1)
    }

    @Test func `a failure has Luma's message`() async throws {
        let failure = try await state(.lumaGeneration, "failed").failure
        #expect(failure == JobFailure(message: "The prompt was refused by moderation."))
    }
}
