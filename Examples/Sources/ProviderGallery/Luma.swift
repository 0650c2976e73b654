package import FetchCore
package import Foundation

/// The endpoint of Luma's generations: videos and images. The status is in the member `state`.
///
/// [Documentation](https://docs.lumalabs.ai/reference/getgeneration)
package struct LumaGeneration: FetchEndpoint, Hashable {
    package let name: EndpointName = "luma.generation"
    package let provider: ProviderID = "luma"
    package let baseURL = URL(string: "https://api.lumalabs.ai/dream-machine/v1")!
    package let method = RequestMethod.get
    package let path: PathTemplate = "generations/{id}"
    package let authorization = Authorization.bearer
    package let submission = SubmissionForm(id: "id", hasState: true)

    package init() {}

    package func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<Assets> {
        let body: JSONValue = try response.json()
        switch try body.required("state", as: \.string) {
        case "completed":
            let assets = Assets(body["assets"])
            guard !assets.outputArtifacts.isEmpty else {
                throw response.malformedResponseError("a finished generation has no assets")
            }
            return .succeeded(assets)
        case "failed": return .failed(JobFailure(message: body["failure_reason"]?.string))
        default: return .pending
        }
    }

    /// The assets of a generation: a video or an image, and for some models a video of the progress.
    package struct Assets: FetchOutput {
        package var video: URL?
        package var image: URL?
        package var progressVideo: URL?

        package var outputArtifacts: [Artifact] { [video, image, progressVideo].compactMap(\.self).outputArtifacts }

        init(_ assets: JSONValue?) {
            func link(_ name: String) -> URL? { assets?[name]?.string.flatMap { URL(string: $0) } }
            (video, image, progressVideo) = (link("video"), link("image"), link("progress_video"))
        }
    }
}

extension FetchPlugin where Self == LumaGeneration {
    package static var lumaGeneration: Self { Self() }
}
