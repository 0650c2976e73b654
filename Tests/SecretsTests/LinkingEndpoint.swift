import FetchCore
import Foundation

/// An endpoint of `https://api.example.com` whose responses contain a URL.
struct LinkingEndpoint<ID: FetchID>: FetchEndpoint, Hashable {
    /// The follow-up request after a response with a URL.
    enum FollowUpMode: Sendable {
        case nothing, withKey, withoutKey
    }

    var name: EndpointName = "example.linking"
    var provider: ProviderID { "example" }
    var baseURL: URL { URL(string: "https://api.example.com/v1")! }
    let method = RequestMethod.post
    var path: PathTemplate = "jobs/{id}"
    var domains: [String] = []
    let authorization: Authorization
    let followUpMode: FollowUpMode

    func answer(to id: ID, from response: FetchResponse) throws -> FetchAnswer<JSONValue> {
        let body: JSONValue = try response.json()
        guard followUpMode != .nothing, let url = body["url"]?.string.flatMap({ URL(string: $0) }) else {
            return .succeeded(body)
        }
        let authorization: FollowUpAuthorization = followUpMode == .withoutKey ? .none : .inherited
        return .followUp(
            FollowUp(.url(url), method: .post, authorization: authorization) { .succeeded(try $0.json()) }
        )
    }
}
