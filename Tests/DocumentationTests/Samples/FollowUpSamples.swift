import FetchCore
import Foundation

struct Redirecting: FetchEndpoint, Hashable {
    let name: EndpointName = "example.redirecting"
    let provider: ProviderID = "example"
    let baseURL = URL(string: "https://api.example.com/v2")!
    let method = RequestMethod.get
    let path: PathTemplate = "jobs/{id}/status"
    let authorization = Authorization.bearer

    func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<Artifact> {
        guard response.status == 303 else {
            try response.requireSuccess()
            return .pending
        }
        return .followUp(FollowUp(.url(try response.location)) { .succeeded(try Artifact($0)) })
    }
}

struct Linked: FetchEndpoint, Hashable {
    let name: EndpointName = "example.linked"
    let provider: ProviderID = "example"
    let baseURL = URL(string: "https://api.example.com/v2")!
    let method = RequestMethod.get
    let path: PathTemplate = "linked/{id}"
    let authorization = Authorization.bearer

    func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<Artifact> {
        let body: Body = try response.json()
        return .followUp(FollowUp(.url(try response.url(of: body.resultURL))) { .succeeded(try Artifact($0)) })
    }

    private struct Body: Decodable {
        var resultURL: String
    }
}
