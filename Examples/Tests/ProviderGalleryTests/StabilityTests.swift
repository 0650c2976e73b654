import FetchCore
import Foundation
import ProviderGallery
import Testing

@Suite("Stability endpoint") struct StabilityTests {
    @Test func `the body is the file with the media type of its header`() async throws {
        let picture = try await state(.stabilityResult, "succeeded-image").output
        #expect(picture == Artifact(.data(Data("what would be a picture".utf8)), mediaType: "image/png"))
        #expect(try await state(.stabilityResult, "succeeded-video").output.mediaType == "video/mp4")
    }

    @Test func `a filtered image is a moderated job despite its HTTP status`() async throws {
        let failure = try await state(.stabilityResult, "failed-filtered").failure
        #expect(failure == JobFailure(.moderated, code: "CONTENT_FILTERED"))
    }

    @Test(arguments: ["empty", "page", "json"])
    func `a response that isn't a file is retryable`(body: String) async throws {
        let error = await #expect(throws: FetchError.self) {
            try await state(.stabilityResult, "error-malformedResponse-" + body)
        }
        #expect(error?.isRetryable == true)
        #expect(["the response is not a file", "the file is empty"].contains { error?.message.hasPrefix($0) == true })
    }
}
