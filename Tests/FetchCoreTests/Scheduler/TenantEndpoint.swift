import FetchCore
import Foundation

/// An endpoint of a customer, which its base URL tells from those of others. Responses are those of
/// ``TextStateEndpoint``.
struct TenantEndpoint: FetchEndpoint, Hashable {
    let name: EndpointName = "test.tenant"
    let provider: ProviderID = "test"
    var baseURL = URL(string: "https://one.example")!
    let method = RequestMethod.post
    let path: PathTemplate = "jobs/{id}"
    let authorization = Authorization.none

    func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<String> {
        try TextStateEndpoint().answer(to: id, from: response)
    }
}
