import FetchCore
import Foundation

/// An endpoint on a ``Peer`` with the job's status in the field `status` and the key in a header field.
struct PeerEndpoint: FetchEndpoint, Hashable {
    let name: EndpointName
    let provider: ProviderID
    let baseURL: URL
    let method: RequestMethod = .get
    let path: PathTemplate = "jobs/{id}"
    let authorization: Authorization = .header("X-Key")

    /// Creates an endpoint named after its provider. Endpoints of different providers share neither limits nor queues.
    init(_ provider: ProviderID, at baseURL: URL) throws {
        name = try EndpointName("\(provider).job")
        self.provider = provider
        self.baseURL = baseURL
    }

    func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<String> {
        let body: Body = try response.json()
        return body.status == "done" ? .succeeded("done") : .pending
    }

    private struct Body: Decodable {
        var status: String
    }
}
