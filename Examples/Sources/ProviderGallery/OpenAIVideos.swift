package import FetchCore
package import Foundation

/// The endpoint of OpenAI's videos. The finished file is the body of the follow-up response.
///
/// [Documentation](https://platform.openai.com/docs/api-reference/videos)
package struct OpenAIVideo: FetchEndpoint, Hashable {
    package let name: EndpointName = "openai.video"
    package let provider: ProviderID = "openai"
    package let baseURL = URL(string: "https://api.openai.com/v1")!
    package let method = RequestMethod.get
    package let path: PathTemplate = "videos/{id}"
    package let authorization = Authorization.bearer
    package let submission = SubmissionForm(id: "id", hasState: true)

    package init() {}

    package func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<Artifact> {
        let body: JSONValue = try response.json()
        switch try body.required("status", as: \.string) {
        case "completed":
            return .followUp(FollowUp("videos/{id}/content") { .succeeded(try Artifact($0)) })
        case "failed":
            let message = body["error.message"]?.text ?? body["error"]?.text
            return .failed(JobFailure(message: message, code: body["error.code"]?.text))
        default: return .pending(JobProgress(fraction: body["progress"]?.number.map { $0 / 100 }))
        }
    }
}

extension FetchPlugin where Self == OpenAIVideo {
    package static var openAIVideo: Self { Self() }
}
