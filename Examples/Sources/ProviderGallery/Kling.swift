package import FetchCore
package import Foundation

/// The endpoint of Kling's videos. An id consists of the kind of the task and its number: `text2video/831…`. The
/// envelope reports success for every valid request, even if the task has failed.
///
/// The key is a signed token that expires after some minutes. `Credentials.dynamic` can sign one for each request.
///
/// [Documentation](https://app.klingai.com/global/dev/document-api/apiReference/model/textToVideo)
package struct KlingVideo: FetchEndpoint, Hashable {
    package let name: EndpointName = "kling.video"
    package let provider: ProviderID = "kling"
    package let baseURL = URL(string: "https://api-singapore.klingai.com/v1")!
    package let method = RequestMethod.get
    package let idForm: IDForm = "{kind}/{task}"
    package let path: PathTemplate = "videos/{kind}/{task}"
    package let authorization = Authorization.bearer
    package let submission = SubmissionForm(id: "data.task_id", path: "videos/{kind}", hasState: true)

    package init() {}

    package func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<[Clip]> {
        if let envelope: Envelope = try? response.json(requiringSuccess: false), envelope.code != 0 {
            throw envelope.error(httpStatus: response.status)
        }
        let body: JSONValue = try response.json()
        switch try body.required("data.task_status", as: \.string) {
        case "succeed":
            let clips = (body["data.task_result.videos"]?.array ?? []).compactMap(Clip.init)
            guard !clips.isEmpty else { throw response.malformedResponseError("a finished task has no videos") }
            return .succeeded(clips)
        case "failed":
            let message = body["data.task_status_msg"]?.text
            // Only the message indicates moderation.
            let isModerated = message?.contains("risk control") == true
            return .failed(JobFailure(isModerated ? .moderated : .failed, message: message))
        default: return .pending
        }
    }

    /// A video. Other tasks can refer to it by its id.
    package struct Clip: FetchOutput {
        package var id: String?
        package var url: URL
        /// The duration in seconds, as a decimal string such as `5.1`.
        package var duration: String?
        package var outputArtifacts: [Artifact] { [Artifact(link: url, mediaType: "video/mp4")] }

        init?(_ clip: JSONValue) {
            guard let url = clip["url"]?.string.flatMap({ URL(string: $0) }) else { return nil }
            (id, self.url, duration) = (clip["id"]?.text, url, clip["duration"]?.text)
        }
    }

    private struct Envelope: Decodable {
        var code: Int
        var message: JSONValue?

        /// Returns the error for the code of the envelope. The code is more precise than the HTTP status: an
        /// insufficient balance has the status 429.
        func error(httpStatus status: Int) -> FetchError {
            let meaning =
                switch code {
                case 1000...1004: 401
                case 1100...1102: 402
                case 1103, 1304: 403
                case 1202...1203: 404
                case 1302...1303: 429
                default: (200..<300).contains(status) ? 500 : status
                }
            let text = message?.text ?? "no message"
            return FetchError(httpStatus: status, treatedAs: meaning, detail: "\(text) (code \(code))")
        }
    }
}

extension FetchPlugin where Self == KlingVideo {
    package static var klingVideo: Self { Self() }
}
