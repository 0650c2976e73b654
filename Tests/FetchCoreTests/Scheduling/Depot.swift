import FetchCore
import FetchTesting
import Foundation
import Synchronization

/// A client on a virtual clock in front of a provider with many jobs, which notes what is asked when, and how much at once.
///
/// A job's id says when it is ready: `"120"` after two minutes, with anything behind a dash to tell jobs apart.
final class Depot: FetchTransport {
    struct Request: Equatable {
        var id: String
        var time: Duration
    }

    private struct State {
        var requests: [Request] = []
        var inFlight = 0
        var mostInFlight = 0
    }

    let clock = VirtualClock()
    private let state = Mutex(State())
    private let latency: Duration
    private let answer: (@Sendable (_ id: String, _ time: Duration) -> FetchResponse?)?

    /// Creates a depot.
    ///
    /// - Parameter answer: What to answer; nil for the usual.
    init(latency: Duration = .zero, answer: (@Sendable (String, Duration) -> FetchResponse?)? = nil) {
        self.latency = latency
        self.answer = answer
    }

    var requests: [Request] { state.withLock(\.requests) }
    var mostInFlight: Int { state.withLock(\.mostInFlight) }

    func times(of id: String) -> [Duration] { requests.filter { $0.id == id }.map(\.time) }

    /// Runs an operation that is cancelled after a while, and returns the error that it ended with.
    func cancelling<Value: Sendable>(
        after delay: Duration,
        _ operation: @escaping @Sendable () async throws -> Value
    ) async -> (any Error)? {
        await withTaskGroup(of: (any Error)?.self) { group in
            group.addTask {
                do {
                    _ = try await operation()
                    return nil
                } catch {
                    return error
                }
            }
            try? await self.clock.sleep(for: delay)
            group.cancelAll()
            return await group.next() ?? nil
        }
    }

    func client(
        limits: FetchLimits = FetchLimits(),
        providerLimits: [ProviderID: FetchLimits] = [:],
        observer: (any FetchObserver)? = nil,
        policy: PollingPolicy = PollingPolicy(deadline: .seconds(3600), schedule: .fixed(.seconds(10)))
    ) throws -> FetchClient {
        FetchClient(
            registry: try EndpointRegistry(Crate(), Crate(name: "other.crate", provider: "other")),
            transport: self,
            credentials: .none,
            policy: policy,
            limits: limits,
            providerLimits: providerLimits,
            observer: observer,
            clock: clock,
            wallClock: clock.wallClock,
            random: { 0.5 }
        )
    }

    func send(_ request: FetchRequest) async throws -> FetchResponse {
        let id = request.url.lastPathComponent
        let time = clock.elapsed
        state.withLock { state in
            state.requests.append(Request(id: id, time: time))
            state.inFlight += 1
            state.mostInFlight = max(state.mostInFlight, state.inFlight)
        }
        defer { state.withLock { $0.inFlight -= 1 } }
        if latency > .zero { try await clock.sleep(for: latency) }
        if let response = answer?(id, time) { return response }
        let ready = id.split(separator: "-").first.flatMap { Double($0) } ?? 0
        return FetchResponse(status: 200, body: Data((time >= .seconds(ready) ? "ready" : "pending").utf8))
    }
}

/// An endpoint of a depot.
struct Crate: FetchEndpoint {
    var name: EndpointName = "depot.crate"
    var provider: ProviderID = "depot"
    let baseURL = URL(string: "https://depot.example/v1")!
    let path: PathTemplate = "crates/{id}"
    let authorization = Authorization.none

    func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<String> {
        try response.requireSuccess()
        switch String(decoding: response.body, as: UTF8.self) {
        case "ready": return .succeeded("crate \(id)")
        case "lost": return .failed(JobFailure(message: "lost"))
        default: return .pending(JobProgress(message: "not yet"))
        }
    }
}
