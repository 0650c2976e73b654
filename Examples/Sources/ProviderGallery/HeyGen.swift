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
    package let method = HTTPMethod.get
    package let path: PathTemplate = "video_status.get?video_id={id}"
    package let authorization = Authorization.header("X-Api-Key")

    package init() {}

    package func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<Film> {
        let video = try response.json(Body<Video>.self, decoder: .snakeCase).data
        switch video.status {
        case "completed": return .succeeded(try response.json(Body<Film>.self, decoder: .snakeCase).data)
        case "failed":
            let words = video.error?["detail"]?.string ?? video.error?["message"]?.string ?? video.error?.string
            let code = video.error?["code"]?.integer
            // The code for words that HeyGen blocks.
            let reason = code == 400105 ? JobFailure.Reason.moderated : .failed
            return .failed(JobFailure(reason, message: words, code: code.map(String.init)))
        default: return .pending
        }
    }

    /// The video, and what HeyGen made along with it.
    package struct Film: FetchOutput, Decodable {
        package var videoUrl: URL
        package var videoUrlCaption: URL?
        package var captionUrl: URL?
        package var thumbnailUrl: URL?
        package var gifUrl: URL?
        /// In seconds.
        package var duration: Double?

        package var artifacts: [Artifact] {
            [videoUrl, videoUrlCaption, captionUrl, thumbnailUrl, gifUrl].compactMap(\.self).map { Artifact(link: $0) }
        }
    }

    private struct Body<Content: Decodable>: Decodable {
        var data: Content
    }

    private struct Video: Decodable {
        var status: String
        var error: JSONValue?
    }
}

extension FetchPlugin where Self == HeyGenVideo {
    package static var heyGenVideo: Self { Self() }
}
