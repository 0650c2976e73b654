package import FetchCore
package import Foundation

/// The endpoint of AssemblyAI's transcripts. A failed job has HTTP status 200 and the status `error`.
///
/// [Documentation](https://www.assemblyai.com/docs/api-reference/transcripts/get)
package struct AssemblyAITranscript: FetchEndpoint, Hashable {
    package let name: EndpointName = "assemblyai.transcript"
    package let provider: ProviderID = "assemblyai"
    package let baseURL = URL(string: "https://api.assemblyai.com/v2")!
    package let method = RequestMethod.get
    package let path: PathTemplate = "transcript/{id}"
    package let authorization = Authorization.header("Authorization")
    package let submission = SubmissionForm(id: "id", hasState: true)

    package init() {}

    package func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<Transcript> {
        let body: JSONValue = try response.json()
        return switch try body.required("status", as: \.string) {
        case "completed": .succeeded(Transcript(json: body))
        case "error": .failed(JobFailure(message: body["error"]?.string))
        default: .pending
        }
    }

    /// A transcript. Optional results such as chapters or sentiments are in ``json``.
    package struct Transcript: FetchOutput {
        /// The whole body of the response.
        package var json: JSONValue
        package var text: String { json["text"]?.string ?? "" }
        package var words: [Word] { (json["words"]?.array ?? []).compactMap(Word.init) }
        package var outputArtifacts: [Artifact] { [.init(.text(text), mediaType: "text/plain"), .init(.json(json))] }
    }

    /// A spoken word with its position in the recording. `speaker` is `nil` without speaker labels.
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
