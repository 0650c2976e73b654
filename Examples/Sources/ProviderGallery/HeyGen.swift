package import FetchCore
package import Foundation

/// The endpoint of HeyGen's videos. The envelope has the message `Success` for failed videos too. Links expire after a
/// week, and each response contains new ones.
///
/// [Documentation](https://docs.heygen.com/reference/video-status)
package struct HeyGenVideo: FetchEndpoint, Hashable {
    package let name: EndpointName = "heygen.video"
    package let provider: ProviderID = "heygen"
    package let baseURL = URL(string: "https://api.heygen.com/v1")!
    package let method = RequestMethod.get
    package let path: PathTemplate = "video_status.get?video_id={id}"
    package let authorization = Authorization.header("X-Api-Key")
    package let submission = SubmissionForm(id: "data.video_id")
    package let artifactLifetime: Duration? = .seconds(7 * 24 * 3_600)

    package init() {}

    package func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<Film> {
        let body: JSONValue = try response.json()
        let error = body["data.error"] ?? body["error"]
        let message = error?["detail"]?.text ?? error?["message"]?.text ?? error?.text
        switch body["data.status"]?.string {
        case "completed": return .succeeded(try Film(body))
        case "failed":
            let code = error?["code"]?.text
            // 400105 is the code for blocked words.
            return .failed(JobFailure(code == "400105" ? .moderated : .failed, message: message, code: code))
        case nil: throw response.malformedResponseError(message ?? "the response has no status")
        default: return .pending
        }
    }

    /// The video with its captions, thumbnail and preview.
    package struct Film: FetchOutput {
        package var video: URL
        package var captionedVideo: URL?
        package var captions: URL?
        package var thumbnail: URL?
        package var gif: URL?
        /// The duration in seconds.
        package var duration: Double?
        private var links = LinkContext()

        package var outputArtifacts: [Artifact] {
            let urls = [video, captionedVideo, captions, thumbnail, gif].compactMap(\.self)
            return urls.outputArtifacts.outputCompleted(by: links)
        }

        package func outputCompleted(by links: LinkContext) -> Self {
            var film = self
            film.links = links
            return film
        }

        init(_ body: JSONValue) throws {
            func link(_ name: String) -> URL? { body["data.\(name)"]?.string.flatMap { URL(string: $0) } }
            video = try body.required("data.video_url") { $0.string.flatMap { URL(string: $0) } }
            (captionedVideo, captions) = (link("video_url_caption"), link("caption_url"))
            (thumbnail, gif, duration) = (link("thumbnail_url"), link("gif_url"), body["data.duration"]?.number)
        }
    }
}

extension FetchPlugin where Self == HeyGenVideo {
    package static var heyGenVideo: Self { Self() }
}
