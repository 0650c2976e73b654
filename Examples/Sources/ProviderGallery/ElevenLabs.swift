package import FetchCore
package import Foundation

/// The endpoint of ElevenLabs' dubbing. The dubbed files are the bodies of follow-up responses, one for each language.
///
/// [Documentation](https://elevenlabs.io/docs/api-reference/dubbing/get)
package struct ElevenLabsDubbing: FetchEndpoint, Hashable {
    package let name: EndpointName = "elevenlabs.dubbing"
    package let provider: ProviderID = "elevenlabs"
    package let baseURL = URL(string: "https://api.elevenlabs.io/v1")!
    package let method = RequestMethod.get
    package let path: PathTemplate = "dubbing/{id}"
    package let authorization = Authorization.header("xi-api-key")
    package let submission = SubmissionForm(id: "dubbing_id", eta: "expected_duration_sec")

    package init() {}

    package func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<[Dub]> {
        let body: JSONValue = try response.json()
        switch try body.required("status", as: \.string) {
        case "dubbed":
            let languages = (body["target_languages"]?.array ?? []).compactMap(\.string)
            guard !languages.isEmpty else { throw response.malformedResponseError("the response has no languages") }
            return Self.files(of: languages[...], after: [])
        case "failed": return .failed(JobFailure(message: body["error"]?.string))
        default: return .pending
        }
    }

    /// Returns a chain of follow-ups that fetches the remaining files one after the other.
    private static func files(of languages: ArraySlice<String>, after dubs: [Dub]) -> FetchAnswer<[Dub]> {
        guard let language = languages.first else { return .succeeded(dubs) }
        let next = FollowUp(.path("dubbing/{id}/audio/{language}", ["language": language])) { response in
            let dub = Dub(language: language, file: try Artifact(response))
            return files(of: languages.dropFirst(), after: dubs + [dub])
        }
        return .followUp(next)
    }

    /// The dubbed video or audio in one language.
    package struct Dub: FetchOutput {
        package var language: String
        package var file: Artifact
        package var outputArtifacts: [Artifact] { [file] }
    }
}

extension FetchPlugin where Self == ElevenLabsDubbing {
    package static var elevenLabsDubbing: Self { Self() }
}
