import FetchCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// An endpoint of a simulated provider.
struct Clip: FetchEndpoint, Hashable {
    let name: EndpointName = "example.clip"
    let provider: ProviderID = "example"
    let baseURL = URL(string: "https://api.example.com")!
    let method = RequestMethod.get
    let path: PathTemplate = "clips/{id}"
    let authorization = Authorization.bearer

    func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<String> {
        response.status == 200 ? .succeeded(id) : .pending
    }
}
