import FetchCore
import Foundation

/// An endpoint with the key in a JSON body.
struct MeasuredEndpoint: FetchEndpoint, Hashable {
    let name: EndpointName = "measured.job"
    let provider: ProviderID = "measured"
    let baseURL: URL
    let method: RequestMethod = .post
    let path: PathTemplate = "fetch/{id}"
    let authorization: Authorization = .jsonBody("key")

    func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<String> {
        let body: Body = try response.json()
        return body.status == "success" ? .succeeded(body.status) : .pending
    }

    private struct Body: Decodable {
        var status: String
    }
}
