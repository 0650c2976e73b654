package import FetchCore
package import Foundation

/// Stability's results of asynchronous generations. The state is the HTTP status, and the file the body of the last
/// answer.
///
/// [Documentation](https://platform.stability.ai/docs/api-reference#tag/Results/paths/~1v2beta~1results~1%7Bid%7D/get)
package struct StabilityResult: FetchEndpoint {
    package let name: EndpointName = "stability.result"
    package let provider: ProviderID = "stability"
    package let baseURL = URL(string: "https://api.stability.ai/v2beta")!
    package let method = RequestMethod.get
    package let path: PathTemplate = "results/{id}"
    package let authorization = Authorization.bearer
    // The file itself. For application/json it would come in base64.
    package let headers: HeaderFields = ["Accept": "*/*"]

    package init() {}

    package func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<Artifact> {
        try response.requireSuccess()
        guard response.status != 202 else { return .pending }
        let file = try Artifact(response)
        let kind = file.mediaType?.prefix { $0 != "/" }
        guard let kind, ["image", "video", "audio", "model"].contains(kind) else {
            throw response.malformedResponseError("the answer is no file")
        }
        // The file is a blurred one then.
        let finish = response.headers["finish-reason"]
        return finish == "CONTENT_FILTERED" ? .failed(JobFailure(.moderated, code: finish)) : .succeeded(file)
    }
}

extension FetchPlugin where Self == StabilityResult {
    package static var stabilityResult: Self { Self() }
}
