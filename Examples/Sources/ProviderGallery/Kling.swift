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
    package let method = HTTPMethod.get
    package let idForm: IDForm = "{kind}/{task}"
    package let path: PathTemplate = "videos/{kind}/{task}"
    package let authorization = Authorization.bearer

    package init() {}

    package func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<[Clip]> {
        if let envelope: Envelope = try? response.jsonWhateverTheStatus(), envelope.code != 0 {
            throw envelope.refusal(with: response.status)
        }
        let task = try response.json(Body.self, decoder: .snakeCase).data
        switch task.taskStatus {
        case "succeed": return .succeeded(task.taskResult?.videos ?? [])
        case "failed":
            // The words are all there is to tell what the filters withheld.
            let isModerated = task.taskStatusMsg?.contains("risk control") == true
            return .failed(JobFailure(isModerated ? .moderated : .failed, message: task.taskStatusMsg))
        default: return .pending
        }
    }

    /// A video, and the id by which further tasks may name it.
    package struct Clip: FetchOutput, Decodable {
        package var id: String?
        package var url: URL
        /// Seconds, as Kling writes them.
        package var duration: String?
        package var artifacts: [Artifact] { [Artifact(link: url, mediaType: "video/mp4")] }
    }

    private struct Body: Decodable {
        var data: Job
    }

    private struct Job: Decodable {
        var taskStatus: String
        var taskStatusMsg: String?
        var taskResult: Videos?
    }

    private struct Videos: Decodable {
        var videos: [Clip]?
    }

    private struct Envelope: Decodable {
        var code: Int
        var message: String?

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
            return FetchError(httpStatus: status, meaning: meaning, said: "\(message ?? "no message") (code \(code))")
        }
    }
}

extension FetchPlugin where Self == KlingVideo {
    package static var klingVideo: Self { Self() }
}
