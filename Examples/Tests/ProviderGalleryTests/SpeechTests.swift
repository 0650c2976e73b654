import FetchCore
import Foundation
import ProviderGallery
import Testing

/// What the services for speech yield: AssemblyAI a text, ElevenLabs a file for each language.
@Suite struct SpeechTests {
    @Test func `a transcript knows who said which word when`() async throws {
        let transcript = try await state(.assemblyAITranscript, "succeeded").output
        #expect(transcript.text == "Good evening. Who is there?")
        #expect(transcript.answer["language_code"] == "en_us")
        #expect(transcript.answer["confidence"] == 0.97)
        #expect(transcript.words.map(\.text) == ["Good", "evening.", "Who", "is", "there?"])
        #expect(transcript.words.map(\.speaker) == ["A", "A", "B", "B", "B"])
        #expect(transcript.words.first?.start == .milliseconds(250))
        #expect(transcript.words.last?.end == .milliseconds(2100))
    }

    @Test func `a transcript is a text and the answer that holds the rest`() async throws {
        let artifacts = try await state(.assemblyAITranscript, "succeeded").output.outputArtifacts
        #expect(artifacts.map(\.mediaType) == ["text/plain", nil])
        #expect(artifacts.first?.text == "Good evening. Who is there?")
        #expect(artifacts.last?.json?["auto_highlights_result"]?["status"] == "unavailable")
    }

    @Test func `silence is a transcript too`() async throws {
        let transcript = try await state(.assemblyAITranscript, "succeeded-silence").output
        #expect(transcript.text.isEmpty)
        #expect(transcript.words.isEmpty)
    }

    @Test func `a transcript that can't be made says why`() async throws {
        let failure = try await state(.assemblyAITranscript, "failed").failure
        #expect(failure == JobFailure(message: "Download error, the file at audio_url is a web page."))
    }

    @Test func `a dubbing is a file for each language, in the provider's order`() async throws {
        let films = try await state(.elevenLabsDubbing, "succeeded-films").output
        #expect(films.map(\.language) == ["es", "pt-BR"])
        #expect(films.outputArtifacts.map(\.mediaType) == ["video/mp4", "video/mp4"])
        #expect(films.last?.file.data == Data("what would be a Brazilian film".utf8))
        let sound = try await state(.elevenLabsDubbing, "succeeded-sound").output
        #expect(sound.map(\.language) == ["es"])
        #expect(sound.outputArtifacts.map(\.mediaType) == ["audio/mpeg"])
    }

    @Test func `a dubbing of which one file isn't there yet can be asked about again`() async throws {
        let error = await #expect(throws: FetchError.self) {
            try await state(.elevenLabsDubbing, "error-requestTimeout-secondFile")
        }
        #expect(error?.isRetryable == true)
        #expect(error?.httpStatus == 425)
    }

    @Test func `a failed dubbing says why`() async throws {
        let failure = try await state(.elevenLabsDubbing, "failed").failure
        #expect(failure == JobFailure(message: "The language of the source was not recognized."))
    }
}
