import FetchCore
import Foundation

/// An endpoint whose jobs have the links in their response.
struct Gallery: FetchEndpoint, Hashable {
    let name: EndpointName = "example.gallery"
    let provider: ProviderID = "example"
    let baseURL = URL(string: "https://api.example.com/v1")!
    let method = RequestMethod.get
    let path: PathTemplate = "jobs/{id}"
    let authorization = Authorization.bearer
    var needsKey = false

    func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<[Artifact]> {
        let body: JSONValue = try response.json()
        guard let links = body["links"]?.array else { return .pending }
        return .succeeded(
            links.compactMap { $0.string.flatMap { URL(string: $0) } }.map {
                Artifact(link: $0, needsKey: needsKey)
            }
        )
    }

    /// Creates the response of a job that has ended, with its links.
    static func links(_ links: String...) -> StreamedResponse { Self.links(links) }

    static func links(_ links: [String]) -> StreamedResponse {
        .status(200, [:], #"{"links":[\#(links.map { #""\#($0)""# }.joined(separator: ","))]}"#)
    }
}
