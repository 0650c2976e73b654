import FetchCore
import Foundation

/// An endpoint of `https://api.example.com` whose answers point somewhere.
struct PointedEndpoint<ID: FetchID>: FetchEndpoint {
    /// What it does with the URL in an answer.
    enum Follows: Sendable {
        case nothing, withKey, withoutKey
    }

    var name: EndpointName = "example.pointed"
    var provider: ProviderID { "example" }
    var baseURL: URL { URL(string: "https://api.example.com/v1")! }
    var path: PathTemplate = "talk/{id}"
    var domains: [String] = []
    let way: Authorization
    let follows: Follows
    var authorization: Authorization { way }

    func answer(to id: ID, from response: FetchResponse) throws -> FetchAnswer<JSONValue> {
        let body: JSONValue = try response.json()
        guard follows != .nothing, let url = body["url"]?.string.flatMap({ URL(string: $0) }) else {
            return .succeeded(body)
        }
        let authorization = follows == .withoutKey ? Authorization.none : nil
        return .followUp(
            FollowUp(.url(url), method: .post, authorization: authorization) { .succeeded(try $0.json()) }
        )
    }
}
