package import FetchCore
package import Foundation

/// The endpoint of Veo in the Gemini API. The id is the name of the operation, including its slashes. A download of a
/// video also needs the key, in the header `x-goog-api-key`.
///
/// [Documentation](https://ai.google.dev/gemini-api/docs/video)
package struct GeminiVideo: FetchEndpoint, Hashable {
    package let name: EndpointName = "gemini.video"
    package let provider: ProviderID = "gemini"
    package let baseURL = URL(string: "https://generativelanguage.googleapis.com/v1beta")!
    package let method = RequestMethod.get
    package let path: PathTemplate = "{+id}"
    package let authorization = Authorization.header("x-goog-api-key")
    package let submission = SubmissionForm(id: "name", hasState: true)

    package init() {}

    package func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<[Artifact]> {
        if response.status == 400, String(decoding: response.body, as: UTF8.self).contains("API_KEY_INVALID") {
            throw FetchError(httpStatus: 400, treatedAs: 401, detail: "API_KEY_INVALID")
        }
        return try response.json(VeoOperation<Body>.self).answer
    }

    private struct Body: VeoResponse {
        var generateVideoResponse: Videos?
        var outputArtifacts: [Artifact] { generateVideoResponse?.generatedSamples?.compactMap(\.video?.artifact) ?? [] }
        var raiMediaFilteredReasons: JSONValue? { generateVideoResponse?.raiMediaFilteredReasons }
    }

    private struct Videos: Decodable {
        var generatedSamples: [Sample]?
        var raiMediaFilteredReasons: JSONValue?
    }

    private struct Sample: Decodable {
        var video: Video?
    }

    private struct Video: Decodable {
        var uri: URL?
        // The links have no file name from which the media type could be derived.
        var artifact: Artifact? { uri.map { Artifact(link: $0, mediaType: "video/mp4", needsKey: true) } }
    }
}

extension FetchPlugin where Self == GeminiVideo {
    package static var geminiVideo: Self { Self() }
}
