package import FetchCore
package import Foundation

/// Black Forest Labs' images. The answer to a submission says at which of the provider's hosts to ask; the link to an
/// image is signed and needs no key.
///
/// [Documentation](https://docs.bfl.ai/api-reference/utility/get-result)
package struct BFLImage: FetchEndpoint {
    package let name: EndpointName = "bfl.image"
    package let provider: ProviderID = "bfl"
    package let baseURL = URL(string: "https://api.bfl.ai/v1")!
    package let domains = ["bfl.ai"]
    package let path: PathTemplate = "v1/get_result?id={id}"
    package let method = HTTPMethod.get
    package let authorization = Authorization.header("x-key")

    package init() {}

    package func answer(to id: PollingURL, from response: FetchResponse) throws -> FetchAnswer<URL> {
        let body: Body = try response.json()
        switch body.status ?? body.state {
        case "Ready":
            guard let image = body.result?.sample else { throw response.malformed("a ready task has no sample") }
            return .succeeded(image)
        case "Request Moderated", "Content Moderated":
            return .failed(JobFailure(.moderated, message: body.moderationReasons, code: body.status ?? body.state))
        case "Error", "Failed": return .failed(JobFailure())
        // A job that is too young is unknown as well as one that is too old.
        case "Task not found": throw FetchError(.jobNotFound, "the server doesn't know the task")
        case nil: throw response.malformed("the answer has no status")
        default: return .pending(JobProgress(fraction: body.progress))
        }
    }

    private struct Body: Decodable {
        var status: String?
        var state: String?
        var progress: Double?
        var result: Picture?
        var details: JSONValue?

        var moderationReasons: String? {
            details?["Moderation Reasons"]?.array?.compactMap(\.string).joined(separator: ", ")
        }
    }

    private struct Picture: Decodable {
        var sample: URL?
    }
}

extension FetchPlugin where Self == BFLImage {
    package static var bflImage: Self { Self() }
}
