import FetchCore
import Foundation
import ProviderGallery
import Testing

@Suite("HeyGen endpoint") struct HeyGenTests {
    @Test func `the video is the first output, before captions and thumbnails`() async throws {
        let film = try await state(.heyGenVideo, "succeeded").output
        #expect(film.duration == 12.48)
        #expect(
            film.outputArtifacts.map(\.url?.lastPathComponent) == [
                "film.mp4", "captioned.mp4", "captions.ass", "still.jpeg", "moving.gif",
            ]
        )
        #expect(film.outputArtifacts.map(\.mediaType) == ["video/mp4", "video/mp4", nil, "image/jpeg", "image/gif"])
        #expect(film.outputArtifacts.allSatisfy { $0.expiryDate != nil })
        let bare = try await state(.heyGenVideo, "succeeded-bare").output
        #expect(bare.outputArtifacts.map(\.url) == [bare.video])
    }

    @Test func `a video without its optional members is valid`() async throws {
        let film = try await state(.heyGenVideo, "succeeded-odd").output
        #expect(film.outputArtifacts.map(\.url) == [film.video])
        #expect(film.duration == nil)
    }

    @Test func `a failed video has its reason in an envelope with success`() async throws {
        let failure = try await state(.heyGenVideo, "failed").failure
        #expect(failure == JobFailure(message: "The video is longer than 3600 s. Please upgrade.", code: "40119"))
        let moderated = try await state(.heyGenVideo, "failed-moderated").failure
        #expect(moderated == JobFailure(.moderated, message: "Blocked words detected", code: "400105"))
    }

    @Test func `an error beside the data is read too`() async throws {
        let failure = try await state(.heyGenVideo, "failed-outerError").failure
        #expect(failure == JobFailure(.moderated, message: "Blocked words detected", code: "400105"))
        let error = await #expect(throws: FetchError.self) {
            try await state(.heyGenVideo, "error-malformedResponse-error")
        }
        #expect(error?.message.hasPrefix("The video could not be read.") == true, "\(String(describing: error))")
    }

    @Test func `the error of an envelope without a video quotes it`() async throws {
        let error = await #expect(throws: FetchError.self) {
            try await state(.heyGenVideo, "error-malformedResponse-envelope")
        }
        #expect(error?.message.contains("400562") == true, "\(String(describing: error))")
    }
}
