package import FetchCore
package import Foundation

/// OpenAI's videos. The finished file is the body of a second request.
///
/// [Documentation](https://platform.openai.com/docs/api-reference/videos)
package struct OpenAIVideo: FetchEndpoint {
    package let name: EndpointName = "openai.video"
    package let provider: ProviderID = "openai"
    package let baseURL = URL(string: "https://api.openai.com/v1")!
    package let method = HTTPMethod.get
    package let path: PathTemplate = "videos/{id}"
    package let authorization = Authorization.bearer

    package init() {}

    package func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<Artifact> {
        let body: Body = try response.json()
        switch body.status {
        case "completed":
            return .followUp(FollowUp("videos/{id}/content") { .succeeded(try Artifact($0)) })
        case "failed": return .failed(JobFailure(message: body.error?.message, code: body.error?.code))
        default: return .pending(JobProgress(fraction: body.progress.map { $0 / 100 }))
        }
    }

    private struct Body: Decodable {
        var status: String
        var progress: Double?
        var error: Problem?
    }

    private struct Problem: Decodable {
        var code: String?
        var message: String?
    }
}

extension FetchPlugin where Self == OpenAIVideo {
    package static var openAIVideo: Self { Self() }
}
