import FetchCore
import Foundation

/// An endpoint of `https://api.example.com` whose output is a file on the same server, which requires the key.
struct OwnFilesEndpoint: FetchEndpoint, Hashable {
    let name: EndpointName = "example.files"
    let provider: ProviderID = "example"
    let baseURL = URL(string: "https://api.example.com/v1")!
    let method = RequestMethod.post
    let path: PathTemplate = "jobs/{id}"
    let authorization: Authorization

    func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<[Artifact]> {
        let body: JSONValue = try response.json()
        guard let link = body["url"]?.string.flatMap({ URL(string: $0) }) else { return .pending }
        return .succeeded([Artifact(link: link, needsKey: true)])
    }
}
