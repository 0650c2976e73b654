import FetchCore
import Foundation
import Synchronization

/// A transport whose jobs are all pending, until they are all done. It responds at once.
final class SwitchedTransport: FetchTransport {
    private let done = Atomic(false)
    private let requests = Atomic(0)

    var isDone: Bool {
        get { done.load(ordering: .relaxed) }
        set { done.store(newValue, ordering: .relaxed) }
    }

    func forgetRequests() { requests.store(0, ordering: .relaxed) }

    /// Waits until there have been so many requests since the last count.
    func waitForRequests(of count: Int) async throws {
        while requests.load(ordering: .relaxed) < count { try await Task.sleep(for: .milliseconds(2)) }
        // The last responses are still on their way.
        try await Task.sleep(for: .milliseconds(20))
    }

    func send(_ request: FetchRequest) async throws -> FetchResponse {
        requests.add(1, ordering: .relaxed)
        return FetchResponse(status: 200, body: Data((isDone ? "done" : "pending").utf8))
    }
}

/// An endpoint whose responses are plain text.
struct AccountEndpoint: FetchEndpoint, Hashable {
    let name: EndpointName = "example.job"
    let provider: ProviderID = "example"
    let baseURL = URL(string: "https://api.example.com/v1")!
    let method = RequestMethod.get
    let path: PathTemplate = "jobs/{id}"
    let authorization = Authorization.bearer

    func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<String> {
        response.body.count == "done".utf8.count ? .succeeded("output") : .pending
    }
}
