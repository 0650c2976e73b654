package import FetchCore
package import Foundation

/// The endpoint of Stability's asynchronous generations. The state is the HTTP status, and the file is the body of the
/// last response.
///
/// [Documentation](https://platform.stability.ai/docs/api-reference#tag/Results/paths/~1v2beta~1results~1%7Bid%7D/get)
package struct StabilityResult: FetchEndpoint, Hashable {
    package let name: EndpointName = "stability.result"
    package let provider: ProviderID = "stability"
    package let baseURL = URL(string: "https://api.stability.ai/v2beta")!
    package let method = RequestMethod.get
    package let path: PathTemplate = "results/{id}"
    package let authorization = Authorization.bearer
    // Requests the file itself. With application/json the response would contain it in base64.
    package let headers: HeaderFields = ["Accept": "*/*"]
    package let submission = SubmissionForm(id: "id")

    package init() {}

    package func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<Artifact> {
        try response.requireSuccess()
        guard response.status != 202 else { return .pending }
        let file = try Artifact(response)
        let kind = file.mediaType?.prefix { $0 != "/" }
        guard let kind, ["image", "video", "audio", "model"].contains(kind) else {
            throw response.malformedResponseError("the response is not a file")
        }
        // A filtered file is blurred.
        let finish = response.headers["finish-reason"]
        return finish == "CONTENT_FILTERED" ? .failed(JobFailure(.moderated, code: finish)) : .succeeded(file)
    }
}

extension FetchPlugin where Self == StabilityResult {
    package static var stabilityResult: Self { Self() }
}
