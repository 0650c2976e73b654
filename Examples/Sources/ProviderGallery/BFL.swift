package import FetchCore
package import Foundation

/// The endpoint of Black Forest Labs' images. The response to a submission contains the URL to poll, on one of the
/// provider's regional hosts. The link to an image is signed and needs no key.
///
/// [Documentation](https://docs.bfl.ai/api-reference/utility/get-result)
package struct BFLImage: FetchEndpoint, Hashable {
    package let name: EndpointName = "bfl.image"
    package let provider: ProviderID = "bfl"
    package let baseURL = URL(string: "https://api.bfl.ai/v1")!
    package let domains = ["bfl.ai"]
    package let path: PathTemplate = "get_result?id={id}"
    package let method = RequestMethod.get
    package let authorization = Authorization.header("x-key")
    package let submission = SubmissionForm(url: "polling_url")

    package init() {}

    package func answer(to id: PollingURL, from response: FetchResponse) throws -> FetchAnswer<URL> {
        let body: JSONValue = try response.json()
        let status = body["status"]?.string ?? body["state"]?.string
        switch status {
        case "Ready":
            return .succeeded(try body.required("result.sample") { $0.string.flatMap { URL(string: $0) } })
        case "Request Moderated", "Content Moderated":
            let reasons = body["details.Moderation Reasons"]?.array?.compactMap(\.string)
            return .failed(JobFailure(.moderated, message: reasons?.joined(separator: ", "), code: status))
        case "Error", "Failed": return .failed(JobFailure())
        // The server doesn't know a job that was submitted moments ago, nor one that has expired.
        case "Task not found": throw FetchError(.jobNotFound, "the server doesn't know the task")
        case nil: throw response.malformedResponseError("the response has no status")
        default: return .pending(JobProgress(fraction: body["progress"]?.number))
        }
    }
}

extension FetchPlugin where Self == BFLImage {
    package static var bflImage: Self { Self() }
}
