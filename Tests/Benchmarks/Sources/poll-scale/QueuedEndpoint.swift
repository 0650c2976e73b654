import FetchCore
import Foundation

/// An endpoint like most: GET, a bearer key, a status word.
struct QueuedEndpoint: FetchEndpoint {
    let name: EndpointName = "example.job"
    let provider: ProviderID = "example"
    let baseURL = URL(string: "https://api.example.com/v1")!
    let method = RequestMethod.get
    let path: PathTemplate = "jobs/{id}"
    let authorization = Authorization.bearer

    private struct Answer: Decodable {
        var status: String
    }

    func answer(to id: Int, from response: FetchResponse) throws -> FetchAnswer<String> {
        let answer: Answer = try response.json()
        return answer.status == "done" ? .succeeded(answer.status) : .pending
    }
}
