import FetchCore
import FetchTesting
import Foundation
import Synchronization

/// A transport with many jobs on a virtual clock that records the requests and the maximum number in flight.
///
/// The ID of a job gives the time in seconds at which it is done: `"120"` or `"120-a"` after two minutes.
final class SchedulingHarness: FetchTransport {
    struct Request: Equatable {
        var id: String
        var time: Duration
    }

    private struct State {
        var requests: [Request] = []
        var inFlight = 0
        var maximumInFlight = 0
    }

    let clock = VirtualClock()
    private let state = Mutex(State())
    private let latency: Duration
    private let response: (@Sendable (_ id: String, _ time: Duration) -> FetchResponse?)?

    /// Creates a harness.
    ///
    /// - Parameters:
    ///   - latency: The time that each response takes. Defaults to zero.
    ///   - response: The response to a request for an ID at a time; nil for that of the job's state. Defaults to none.
    init(latency: Duration = .zero, response: (@Sendable (String, Duration) -> FetchResponse?)? = nil) {
        self.latency = latency
        self.response = response
    }

    var requests: [Request] { state.withLock(\.requests) }
    var maximumInFlight: Int { state.withLock(\.maximumInFlight) }

    func times(of id: String) -> [Duration] { requests.filter { $0.id == id }.map(\.time) }

    /// Runs an operation in a task that is cancelled after a delay, and returns the error it throws, if any.
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
        policy: PollingPolicy = PollingPolicy(deadline: .seconds(3600), schedule: .fixed(.seconds(10))),
        wallClock: (@Sendable () -> Date)? = nil
    ) throws -> FetchClient {
        FetchClient(
            registry: try EndpointRegistry(
                TextStateEndpoint(),
                TextStateEndpoint(name: "other.job", provider: "other")
            ),
            transport: self,
            credentials: .none,
            configuration: FetchClient.Configuration(
                policy: policy,
                limits: limits,
                providerLimits: providerLimits,
                observer: observer
            ),
            environment: FetchClient.Environment(clock: clock, wallClock: wallClock ?? clock.wallClock, random: { 0.5 })
        )
    }

    func send(_ request: FetchRequest) async throws -> FetchResponse {
        let id = request.url.lastPathComponent
        let time = clock.elapsed
        state.withLock { state in
            state.requests.append(Request(id: id, time: time))
            state.inFlight += 1
            state.maximumInFlight = max(state.maximumInFlight, state.inFlight)
        }
        defer { state.withLock { $0.inFlight -= 1 } }
        if latency > .zero { try await clock.sleep(for: latency) }
        if let response = response?(id, time) { return response }
        let ready = id.split(separator: "-").first.flatMap { Double($0) } ?? 0
        return FetchResponse(status: 200, body: Data((time >= .seconds(ready) ? "ready" : "pending").utf8))
    }
}
