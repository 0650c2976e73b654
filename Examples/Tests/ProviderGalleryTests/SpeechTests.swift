import FetchCore
import Foundation
import ProviderGallery
import Testing

@Suite("AssemblyAI and ElevenLabs endpoints") struct SpeechTests {
    @Test func `a transcript has words with time and speaker`() async throws {
        let transcript = try await state(.assemblyAITranscript, "succeeded").output
        #expect(transcript.text == "Good evening. Who is there?")
        #expect(transcript.json["language_code"] == "en_us")
        #expect(transcript.json["confidence"] == 0.97)
        #expect(transcript.words.map(\.text) == ["Good", "evening.", "Who", "is", "there?"])
        #expect(transcript.words.map(\.speaker) == ["A", "A", "B", "B", "B"])
        #expect(transcript.words.first?.start == .milliseconds(250))
        #expect(transcript.words.last?.end == .milliseconds(2100))
    }

    @Test func `a transcript has the text and the whole response as outputs`() async throws {
        let artifacts = try await state(.assemblyAITranscript, "succeeded").output.outputArtifacts
        #expect(artifacts.map(\.mediaType) == ["text/plain", nil])
        #expect(artifacts.first?.text == "Good evening. Who is there?")
        #expect(artifacts.last?.json?["auto_highlights_result"]?["status"] == "unavailable")
    }

    @Test func `the transcript of silence is empty`() async throws {
        let transcript = try await state(.assemblyAITranscript, "succeeded-silence").output
        #expect(transcript.text.isEmpty)
        #expect(transcript.words.isEmpty)
    }

    @Test func `a failed transcript has a reason`() async throws {
        let failure = try await state(.assemblyAITranscript, "failed").failure
        #expect(failure == JobFailure(message: "Download error, the file at audio_url is a web page."))
    }

    @Test func `a dubbing has a file for each language, in the provider's order`() async throws {
        let films = try await state(.elevenLabsDubbing, "succeeded-films").output
        #expect(films.map(\.language) == ["es", "pt-BR"])
        #expect(films.outputArtifacts.map(\.mediaType) == ["video/mp4", "video/mp4"])
        #expect(films.last?.file.data == Data("what would be a Brazilian film".utf8))
        let sound = try await state(.elevenLabsDubbing, "succeeded-sound").output
        #expect(sound.map(\.language) == ["es"])
        #expect(sound.outputArtifacts.map(\.mediaType) == ["audio/mpeg"])
    }

    @Test func `a dubbing with a file that isn't available yet is retryable`() async throws {
        let error = await #expect(throws: FetchError.self) {
            try await state(.elevenLabsDubbing, "error-temporarilyRefused-secondFile")
        }
        #expect(error?.isRetryable == true)
        #expect(error?.httpStatus == 425)
    }

    @Test func `a failed dubbing has a reason`() async throws {
        let failure = try await state(.elevenLabsDubbing, "failed").failure
        #expect(failure == JobFailure(message: "The language of the source was not recognized."))
    }
}
