import FetchCore
import Foundation

/// An endpoint with all kinds of responses.
struct Clip: FetchEndpoint, Hashable {
    var name: EndpointName = "example.clip"
    let provider: ProviderID = "example"
    let baseURL = URL(string: "https://api.example.com")!
    let method = RequestMethod.get
    let path: PathTemplate = "clips/{id}"
    let authorization = Authorization.bearer

    func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<URL> {
        let body: Body = try response.json()
        switch body.status {
        case "done":
            guard let link = body.link.flatMap(URL.init(string:)) else {
                throw FetchError(.unusableOutput, "the output \(body.link ?? "") isn't a link")
            }
            return .succeeded(link)
        case "failed": return .failed(JobFailure(message: body.message))
        default: return .pending(JobProgress(eta: .seconds(20), message: body.message))
        }
    }

    private struct Body: Decodable {
        var status: String
        var link: String?
        var message: String?
    }
}
