import FetchCore
import FetchTesting
import Foundation
import Synchronization

/// An endpoint whose requests carry a key. The id of a job gives the second at which it is done: `"30"` or `"30-a"`.
struct KeyedEndpoint: FetchEndpoint, Hashable {
    let name: EndpointName = "test.keyed"
    let provider: ProviderID = "test"
    let baseURL = URL(string: "https://test.example/v1")!
    let method = RequestMethod.get
    let path: PathTemplate = "jobs/{id}"
    let authorization = Authorization.bearer
    let submission = SubmissionForm(id: "id")

    func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<String> {
        try response.requireSuccess()
        let text = String(decoding: response.body, as: UTF8.self)
        return text == "pending" ? .pending : .succeeded(text)
    }
}

/// A client with accounts on a virtual clock, and a provider that answers with the key of the request.
final class AccountHarness: FetchTransport {
    struct Request: Equatable {
        var key: String
        var id: String
        var time: Duration
    }

    typealias Response = @Sendable (_ key: String, _ id: String, _ time: Duration) -> FetchResponse?

    let clock = VirtualClock()
    private let recorded = Mutex<[Request]>([])
    private let latency: Duration
    private let response: Response

    /// Creates a harness.
    ///
    /// - Parameters:
    ///   - latency: The time that each response takes. Defaults to zero.
    ///   - response: The response to a request; `nil` for the state of the job. Defaults to none.
    init(latency: Duration = .zero, response: @escaping Response = { _, _, _ in nil }) {
        self.latency = latency
        self.response = response
    }

    var requests: [Request] { recorded.withLock(\.self) }

    /// The times of the requests with a key.
    func times(of key: String) -> [Duration] { requests.filter { $0.key == key }.map(\.time) }

    func client(
        credentials: Credentials = .key("key-of-the-client-itself"),
        limits: FetchLimits = FetchLimits(),
        observer: (any FetchObserver)? = nil
    ) throws -> FetchClient {
        FetchClient(
            registry: try EndpointRegistry(KeyedEndpoint()),
            transport: self,
            credentials: credentials,
            configuration: FetchClient.Configuration(
                policy: PollingPolicy(deadline: .seconds(3_600), schedule: .fixed(.seconds(10))),
                limits: limits,
                observer: observer
            ),
            environment: FetchClient.Environment(clock: clock, wallClock: clock.wallClock, random: { 0.5 })
        )
    }

    func send(_ request: FetchRequest) async throws -> FetchResponse {
        let key = String((request.headers["Authorization"] ?? "").dropFirst("Bearer ".count))
        let (id, time) = (request.url.lastPathComponent, clock.elapsed)
        recorded.withLock { $0.append(Request(key: key, id: id, time: time)) }
        if latency > .zero { try await clock.sleep(for: latency) }
        if let response = response(key, id, time) { return response }
        let ready = id.split(separator: "-").first.flatMap { Double($0) } ?? 0
        let text = time >= .seconds(ready) ? "\(id) of \(key)" : "pending"
        return FetchResponse(status: 200, body: Data(text.utf8))
    }
}

extension Credentials {
    /// Credentials with one key for the harness's provider.
    static func key(_ key: String) -> Self { .fixed(["test": APIKey(key)]) }

    /// Credentials of which each account has a key made of its identifier.
    static let ofEachAccount = Credentials.accounts { account, _, _ in
        APIKey("key-of-\(account?.rawValue ?? "the-client-itself")")
    }
}
