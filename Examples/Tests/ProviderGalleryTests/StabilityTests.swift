import FetchCore
import Foundation
import ProviderGallery
import Testing

/// What Stability's HTTP statuses and header fields say of a generation.
@Suite struct StabilityTests {
    @Test func `the body is the file, of the type that its header says`() async throws {
        let picture = try await state(.stabilityResult, "succeeded-image").output
        #expect(picture == Artifact(.data(Data("what would be a picture".utf8)), mediaType: "image/png"))
        #expect(try await state(.stabilityResult, "succeeded-video").output.mediaType == "video/mp4")
    }

    @Test func `a blurred picture is withheld, whatever the HTTP status`() async throws {
        let failure = try await state(.stabilityResult, "failed-filtered").failure
        #expect(failure == JobFailure(.moderated, code: "CONTENT_FILTERED"))
    }

    @Test(arguments: ["empty", "page", "json"])
    func `what is no file ends no wait`(answer: String) async throws {
        let error = await #expect(throws: FetchError.self) {
            try await state(.stabilityResult, "error-malformedResponse-" + answer)
        }
        #expect(error?.isRetryable == true)
        #expect(["the answer is no file", "the file is empty"].contains { error?.message.hasPrefix($0) == true })
    }
}
