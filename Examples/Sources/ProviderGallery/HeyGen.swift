package import FetchCore
package import Foundation

/// HeyGen's videos. The envelope says `Success` of failed ones too. The links live for a week, and each answer has
/// fresh ones.
///
/// [Documentation](https://docs.heygen.com/reference/video-status)
package struct HeyGenVideo: FetchEndpoint {
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
            guard let film = Film(video) else { throw response.malformedResponseError("a finished video has no video_url") }
            return .succeeded(film)
        case "failed":
            let error = video?["error"]
            let words = error?["detail"]?.explanation ?? error?["message"]?.explanation ?? error?.explanation
            let code = error?["code"]?.explanation
            // The code for words that HeyGen blocks.
            return .failed(JobFailure(code == "400105" ? .moderated : .failed, message: words, code: code))
        case nil: throw response.malformedResponseError("the answer has no status")
        default: return .pending
        }
    }

    /// The video, and what HeyGen made along with it.
    package struct Film: FetchOutput {
        package var video: URL
        package var captionedVideo: URL?
        package var captions: URL?
        package var thumbnail: URL?
        package var gif: URL?
        /// In seconds.
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
