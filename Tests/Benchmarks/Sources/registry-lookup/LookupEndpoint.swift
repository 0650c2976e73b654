import FetchCore
import Foundation

/// An endpoint for lookups, which is never polled.
struct LookupEndpoint<ID: FetchID>: FetchEndpoint, Hashable {
    var name: EndpointName
    let provider: ProviderID = "example"
    var baseURL: URL
    let method = RequestMethod.get
    var path: PathTemplate
    var idForm = IDForm.whole
    let authorization = Authorization.bearer

    func answer(to id: ID, from response: FetchResponse) throws -> FetchAnswer<String> { .pending }
}
