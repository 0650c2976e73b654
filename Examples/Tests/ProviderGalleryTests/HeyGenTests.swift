import FetchCore
import Foundation
import ProviderGallery
import Testing

/// What HeyGen says of a video.
@Suite struct HeyGenTests {
    @Test func `a finished video comes first, and then what was made along with it`() async throws {
        let film = try await state(.heyGenVideo, "succeeded").output
        #expect(film.duration == 12.48)
        #expect(
            film.outputArtifacts.map(\.url?.lastPathComponent) == [
                "film.mp4", "captioned.mp4", "captions.ass", "still.jpeg", "moving.gif",
            ]
        )
        #expect(film.outputArtifacts.map(\.mediaType) == ["video/mp4", "video/mp4", nil, "image/jpeg", "image/gif"])
        let bare = try await state(.heyGenVideo, "succeeded-bare").output
        #expect(bare.outputArtifacts.map(\.url) == [bare.video])
    }

    @Test func `what is missing beside a video doesn't cost the video`() async throws {
        let film = try await state(.heyGenVideo, "succeeded-odd").output
        #expect(film.outputArtifacts.map(\.url) == [film.video])
        #expect(film.duration == nil)
    }

    @Test func `a failed video says why within an envelope of success`() async throws {
        let failure = try await state(.heyGenVideo, "failed").failure
        #expect(failure == JobFailure(message: "The video is longer than 3600 s. Please upgrade.", code: "40119"))
        let moderated = try await state(.heyGenVideo, "failed-moderated").failure
        #expect(moderated == JobFailure(.moderated, message: "Blocked words detected", code: "400105"))
    }

    @Test func `an envelope without a video is quoted`() async throws {
        let error = await #expect(throws: FetchError.self) {
            try await state(.heyGenVideo, "error-malformedResponse-envelope")
        }
        #expect(error?.message.contains("400562") == true, "\(String(describing: error))")
    }
}
