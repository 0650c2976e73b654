import FetchCore
import Foundation

/// An endpoint whose jobs are done, with an output that a test reads from the response.
struct LinkingEndpoint<Output: FetchOutput>: FetchEndpoint {
    let name: EndpointName = "test.links"
    let provider: ProviderID = "test"
    let baseURL = URL(string: "https://api.example.com/v1")!
    let method = RequestMethod.get
    let path: PathTemplate = "jobs/{id}"
    let authorization = Authorization.none
    var artifactLifetime: Duration?
    var read: @Sendable (FetchResponse) throws -> FetchAnswer<Output>

    func answer(to id: Int, from response: FetchResponse) throws -> FetchAnswer<Output> { try read(response) }
}

extension LinkingEndpoint<[Artifact]> {
    /// Creates an endpoint whose output is the links in the response, an array of strings.
    init(artifactLifetime: Duration? = nil) {
        self.init(artifactLifetime: artifactLifetime) { response in
            let links: [String] = try response.json()
            return .succeeded(links.map { Artifact(link: $0, in: response) })
        }
    }
}

extension LinkingEndpoint<[URL]> {
    /// An endpoint whose output is URLs, which are decoded as they are.
    static var urls: Self { Self { .succeeded(try $0.json([URL].self)) } }
}
