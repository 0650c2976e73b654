package import FetchCore
package import Foundation

/// Kling's videos. A handle is the kind of task and its id: `text2video/831…`. The envelope says `success` whenever
/// the question was understood, of failed tasks too.
///
/// The key is a signed token that lives for some minutes: `Credentials.dynamic` gives a fresh one for each request.
///
/// [Documentation](https://app.klingai.com/global/dev/document-api/apiReference/model/textToVideo)
package struct KlingVideo: FetchEndpoint {
    package let name: EndpointName = "kling.video"
    package let provider: ProviderID = "kling"
    package let baseURL = URL(string: "https://api-singapore.klingai.com/v1")!
    package let method = RequestMethod.get
    package let idForm: IDForm = "{kind}/{task}"
    package let path: PathTemplate = "videos/{kind}/{task}"
    package let authorization = Authorization.bearer

    package init() {}

    package func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<[Clip]> {
        if let envelope: Envelope = try? response.json(requiringSuccess: false), envelope.code != 0 {
            throw envelope.refusal(with: response.status)
        }
        let task = try response.json(JSONValue.self)["data"]
        switch task?["task_status"]?.string {
        case "succeed":
            let clips = (task?["task_result"]?["videos"]?.array ?? []).compactMap(Clip.init)
            guard !clips.isEmpty else { throw response.malformedResponseError("a finished task has no videos") }
            return .succeeded(clips)
        case "failed":
            let words = task?["task_status_msg"]?.explanation
            // The words are all there is to tell what the filters withheld.
            let isModerated = words?.contains("risk control") == true
            return .failed(JobFailure(isModerated ? .moderated : .failed, message: words))
        case nil: throw response.malformedResponseError("the answer has no task_status")
        default: return .pending
        }
    }

    /// A video, and the id by which further tasks may name it.
    package struct Clip: FetchOutput {
        package var id: String?
        package var url: URL
        /// Seconds, as Kling writes them.
        package var duration: String?
        package var outputArtifacts: [Artifact] { [Artifact(link: url, mediaType: "video/mp4")] }

        init?(_ clip: JSONValue) {
            guard let url = clip["url"]?.string.flatMap({ URL(string: $0) }) else { return nil }
            (id, self.url, duration) = (clip["id"]?.explanation, url, clip["duration"]?.explanation)
        }
    }

    private struct Envelope: Decodable {
        var code: Int
        var message: JSONValue?

        /// The error of a code, which says more than the HTTP status: an empty account comes as 429.
        func refusal(with status: Int) -> FetchError {
            let meaning =
                switch code {
                case 1000...1004: 401
                case 1100...1102: 402
                case 1103, 1304: 403
                case 1202...1203: 404
                case 1302...1303: 429
                default: (200..<300).contains(status) ? 500 : status
                }
            let words = message?.explanation ?? "no message"
            return FetchError(httpStatus: status, meaning: meaning, said: "\(words) (code \(code))")
        }
    }
}

extension FetchPlugin where Self == KlingVideo {
    package static var klingVideo: Self { Self() }
}
