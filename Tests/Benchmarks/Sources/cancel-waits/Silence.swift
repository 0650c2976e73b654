import FetchCore
import Foundation
import Synchronization

/// A provider whose jobs are never ready, and that counts what is sent to it.
final class Silence: FetchTransport {
    private let count = Atomic(0)

    var requests: Int { count.load(ordering: .relaxed) }

    func send(_ request: FetchRequest) async throws -> FetchResponse {
        count.add(1, ordering: .relaxed)
        try await Task.sleep(for: .milliseconds(20))
        return FetchResponse(status: 200, body: Data("{}".utf8))
    }

    /// The endpoint of those jobs.
    struct Endpoint: FetchEndpoint {
        let name: EndpointName = "example.job"
        let provider: ProviderID = "example"
        let baseURL = URL(string: "https://api.example.com/v1")!
        let path: PathTemplate = "jobs/{id}"
        let authorization = Authorization.none

        func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<String> { .pending }
    }
}
