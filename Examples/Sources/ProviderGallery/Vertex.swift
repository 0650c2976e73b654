package import FetchCore
package import Foundation

/// The endpoint of Veo on Vertex AI. The id is the name of the operation. It is sent in the body, and parts of it are
/// in the path. The videos are in the response, whose size the client's `responseLimit` must allow, or in a bucket of
/// the caller, as `gs://` links that only Google's clients can download.
///
/// The key is an OAuth token that expires after an hour. `Credentials.dynamic` can provide a new one for each request.
///
/// [Documentation](https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/veo-video-generation)
package struct VertexVideo: FetchEndpoint, Hashable {
    package let name: EndpointName
    package let provider: ProviderID = "vertex"
    package let baseURL: URL
    package let method = RequestMethod.post
    package let location: String
    package let authorization = Authorization.bearer
    package let submission = SubmissionForm(id: "name", hasState: true)

    /// Creates an endpoint for the operations of one location, or returns `nil` if the name of the location is invalid.
    ///
    /// Each location has its own servers, which know only its own operations. An id of another location is rejected.
    package init?(location: String, name: EndpointName) {
        let host = location == "global" ? "aiplatform.googleapis.com" : "\(location)-aiplatform.googleapis.com"
        guard let url = URL(string: "https://\(host)/v1"), url.host() == host else { return nil }
        (self.location, self.name, baseURL) = (location, name, url)
    }

    /// Creates an endpoint for the operations of `us-central1`.
    package init() {
        (location, name) = ("us-central1", "vertex.video")
        baseURL = URL(string: "https://us-central1-aiplatform.googleapis.com/v1")!
    }

    package var idForm: IDForm { IDForm(stringLiteral: "\(model)/operations/{operation}") }
    package var path: PathTemplate { PathTemplate(stringLiteral: "\(model):fetchPredictOperation") }
    private var model: String { "projects/{project}/locations/\(location)/publishers/google/models/{model}" }

    package func body(for id: String) -> RequestBody? { .json(["operationName": .string(id)]) }

    package func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<[Artifact]> {
        try response.json(VeoOperation<Body>.self).answer
    }

    private struct Body: VeoResponse {
        var videos: [Video]?
        var raiMediaFilteredReasons: JSONValue?
        var outputArtifacts: [Artifact] { videos?.compactMap(\.artifact) ?? [] }
    }

    private struct Video: Decodable {
        var gcsUri: URL?
        var bytesBase64Encoded: Data?
        var mimeType: String?

        var content: Artifact.Content? { gcsUri.map { .url($0) } ?? bytesBase64Encoded.map { .data($0) } }
        var artifact: Artifact? { content.map { Artifact($0, mediaType: mimeType) } }
    }
}

extension FetchPlugin where Self == VertexVideo {
    package static var vertexVideo: Self { Self() }
}
