import FetchCore
import Foundation

/// An endpoint whose jobs are done when their responses say so.
struct Clip: FetchEndpoint, Hashable {
    let name: EndpointName = "example.clip"
    let provider: ProviderID = "example"
    let baseURL = URL(string: "https://api.example.com")!
    let method = RequestMethod.get
    let path: PathTemplate = "clips/{id}"
    let authorization = Authorization.bearer

    func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<String> {
        let body: JSONValue = try response.json()
        return body["status"] == "done" ? .succeeded(id) : .pending
    }
}

extension FetchResponse {
    static let done = FetchResponse(status: 200, body: Data(#"{"status":"done"}"#.utf8))
    static let pending = FetchResponse(status: 200, body: Data(#"{"status":"processing"}"#.utf8))
}
