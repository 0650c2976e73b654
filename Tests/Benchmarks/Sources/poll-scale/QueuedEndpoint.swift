import FetchCore
import Foundation

/// A typical endpoint: GET, a bearer token, and the state in the field `status`.
struct QueuedEndpoint: FetchEndpoint, Hashable {
    let name: EndpointName = "example.job"
    let provider: ProviderID = "example"
    let baseURL = URL(string: "https://api.example.com/v1")!
    let method = RequestMethod.get
    let path: PathTemplate = "jobs/{id}"
    let authorization = Authorization.bearer

    private struct Body: Decodable {
        var status: String
    }

    func answer(to id: Int, from response: FetchResponse) throws -> FetchAnswer<String> {
        let body: Body = try response.json()
        return body.status == "done" ? .succeeded(body.status) : .pending
    }
}
