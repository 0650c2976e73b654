import FetchCore
import Foundation

/// An endpoint that reads its responses as ``URLSessionClient`` does.
struct PollEndpoint: FetchEndpoint, Hashable {
    let name: EndpointName = "example.video"
    let provider: ProviderID = "example"
    let baseURL: URL
    let method = RequestMethod.get
    let path: PathTemplate = "video/fetch/{id}"
    let authorization = Authorization.bearer

    func answer(to id: Int, from response: FetchResponse) throws -> FetchAnswer<String> {
        let poll: PollResponse = try response.json()
        return poll.status == "success"
            ? .succeeded(poll.futureLinks.joined()) : .pending(JobProgress(message: poll.message))
    }
}

/// A key with a realistic length.
let benchmarkKey = "sk-5f0a4f5e8a531f6f1d2c9b77b41c7d9e"
