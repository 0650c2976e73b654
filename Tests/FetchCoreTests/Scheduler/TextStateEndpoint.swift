import FetchCore
import Foundation

/// An endpoint whose responses are the plain text "ready", "failed" or "pending".
struct TextStateEndpoint: FetchEndpoint, Hashable {
    var name: EndpointName = "test.job"
    var provider: ProviderID = "test"
    let baseURL = URL(string: "https://test.example/v1")!
    let method = RequestMethod.post
    let path: PathTemplate = "jobs/{id}"
    let authorization = Authorization.none

    func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<String> {
        try response.requireSuccess()
        switch String(decoding: response.body, as: UTF8.self) {
        case "ready": return .succeeded("output \(id)")
        case "failed": return .failed(JobFailure(message: "failed"))
        default: return .pending(JobProgress(message: "pending"))
        }
    }
}
