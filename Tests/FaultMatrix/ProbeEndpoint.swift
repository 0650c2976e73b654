import FetchCore
import Foundation

/// A minimal endpoint: the field `status` is the state, and `link` the output or the failure's message.
struct ProbeEndpoint: FetchEndpoint, Hashable {
    let name: EndpointName = "example.probe"
    let provider: ProviderID = "example"
    let baseURL: URL
    let method: RequestMethod
    let path: PathTemplate = "probe/{id}"
    let authorization: Authorization

    init(baseURL: URL, method: RequestMethod) {
        self.baseURL = baseURL
        self.method = method
        authorization = method == .post ? .jsonBody("key") : .header("X-Key")
    }

    func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<String> {
        let body: Body = try response.json()
        return switch body.status {
        case "done": .succeeded(body.link ?? "")
        case "failed": .failed(JobFailure(message: body.link))
        default: .pending
        }
    }

    private struct Body: Decodable {
        var status: String
        var link: String?
    }
}
