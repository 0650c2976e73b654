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

    package init() {}

    package func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<Film> {
        let video = try response.json(JSONValue.self)["data"]
        switch video?["status"]?.string {
        case "completed":
            guard let film = Film(video) else {
                throw response.malformedResponseError("a finished video has no video_url")
            }
            return .succeeded(film)
        case "failed":
            let error = video?["error"]
            let message = error?["detail"]?.explanation ?? error?["message"]?.explanation ?? error?.explanation
            let code = error?["code"]?.explanation
            // 400105 is the code for blocked words.
            return .failed(JobFailure(code == "400105" ? .moderated : .failed, message: message, code: code))
        case nil: throw response.malformedResponseError("the response has no status")
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

        package var outputArtifacts: [Artifact] {
            [video, captionedVideo, captions, thumbnail, gif].compactMap(\.self).outputArtifacts
        }

        init?(_ film: JSONValue?) {
            func link(_ name: String) -> URL? { film?[name]?.string.flatMap { URL(string: $0) } }
            guard let video = link("video_url") else { return nil }
            (self.video, captionedVideo, captions) = (video, link("video_url_caption"), link("caption_url"))
            (thumbnail, gif, duration) = (link("thumbnail_url"), link("gif_url"), film?["duration"]?.number)
        }
    }
}

extension FetchPlugin where Self == HeyGenVideo {
    package static var heyGenVideo: Self { Self() }
}
