package import FetchCore
package import Foundation

/// AssemblyAI's transcripts. A failed job is an answer like any other: HTTP 200 and the word `error`.
///
/// [Documentation](https://www.assemblyai.com/docs/api-reference/transcripts/get)
package struct AssemblyAITranscript: FetchEndpoint {
    package let name: EndpointName = "assemblyai.transcript"
    package let provider: ProviderID = "assemblyai"
    package let baseURL = URL(string: "https://api.assemblyai.com/v2")!
    package let method = RequestMethod.get
    package let path: PathTemplate = "transcript/{id}"
    package let authorization = Authorization.header("Authorization")

    package init() {}

    package func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<Transcript> {
        let answer: JSONValue = try response.json()
        return switch answer["status"]?.string {
        case "completed": .succeeded(Transcript(answer: answer))
        case "error": .failed(JobFailure(message: answer["error"]?.string))
        case nil: throw response.malformedResponseError("the answer has no status")
        default: .pending
        }
    }

    /// What was said. Whatever else was ordered, such as chapters or sentiments, is in the answer.
    package struct Transcript: FetchOutput {
        package var answer: JSONValue
        package var text: String { answer["text"]?.string ?? "" }
        package var words: [Word] { (answer["words"]?.array ?? []).compactMap(Word.init) }
        package var outputArtifacts: [Artifact] { [Artifact(.text(text), mediaType: "text/plain"), Artifact(.json(answer))] }
    }

    /// When a word was said, from the beginning of the sound, and by whom, where speakers were told apart.
    package struct Word: Sendable, Hashable {
        package var text: String
        package var start: Duration
        package var end: Duration
        package var speaker: String?

        init?(_ word: JSONValue) {
            guard let text = word["text"]?.string, let start = word["start"]?.integer else { return nil }
            (self.text, speaker) = (text, word["speaker"]?.string)
            (self.start, end) = (.milliseconds(start), .milliseconds(word["end"]?.integer ?? start))
        }
    }
}

extension FetchPlugin where Self == AssemblyAITranscript {
    package static var assemblyAITranscript: Self { Self() }
}
