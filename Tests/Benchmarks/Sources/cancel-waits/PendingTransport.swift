import FetchCore
import Foundation
import Synchronization

/// A transport that counts requests and responds to each after 20 ms. Its jobs are always pending.
final class PendingTransport: FetchTransport {
    private let count = Atomic(0)

    var requests: Int { count.load(ordering: .relaxed) }

    func send(_ request: FetchRequest) async throws -> FetchResponse {
        count.add(1, ordering: .relaxed)
        try await Task.sleep(for: .milliseconds(20))
        return FetchResponse(status: 200, body: Data("{}".utf8))
    }

    /// An endpoint that reads every response as a pending job.
    struct Endpoint: FetchEndpoint, Hashable {
        let name: EndpointName = "example.job"
        let provider: ProviderID = "example"
        let baseURL = URL(string: "https://api.example.com/v1")!
        let method = RequestMethod.post
        let path: PathTemplate = "jobs/{id}"
        let authorization = Authorization.none

        func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<String> { .pending }
    }
}
