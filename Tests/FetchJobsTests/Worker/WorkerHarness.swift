import FetchCore
import FetchJobs
import FetchTesting
import Foundation
import Synchronization
import TestSupport

/// A store, workers and a provider on a virtual clock.
final class WorkerHarness: Sendable {
    /// A request as the provider sees it.
    struct Request: Sendable {
        let id: String
        let time: Duration
        let key: String?
    }

    private struct State {
        var requests: [Request] = []
        var inFlight = 0
        var mostInFlight = 0
    }

    let clock = VirtualClock()
    let store: InMemoryJobStore
    private let state = Mutex(State())
    private let latency: Duration
    private let gap: Duration
    /// Returns the response to a request.
    private let respond: @Sendable (Request) -> FetchResponse

    init(
        latency: Duration = .milliseconds(800),
        gap: Duration = .seconds(5),
        _ respond: @escaping @Sendable (Request) -> FetchResponse = { _ in WorkerHarness.success }
    ) {
        store = InMemoryJobStore(date: clock.wallClock)
        self.latency = latency
        self.gap = gap
        self.respond = respond
    }

    static let success = FetchResponse(json: #"{"status":"success"}"#)
    static let pending = FetchResponse(json: #"{"status":"processing"}"#)
    static let refused = FetchResponse(json: #"{"message":"no"}"#, status: 401)

    var requests: [Request] { state.withLock(\.requests) }

    /// The greatest number of requests that were in flight at once.
    var mostInFlight: Int { state.withLock(\.mostInFlight) }

    private func send(_ request: FetchRequest) async throws -> FetchResponse {
        let request = Request(
            id: request.url.lastPathComponent,
            time: clock.elapsed,
            key: request.headers["Authorization"]
        )
        state.withLock { state in
            state.requests.append(request)
            state.inFlight += 1
            state.mostInFlight = max(state.mostInFlight, state.inFlight)
        }
        defer { state.withLock { $0.inFlight -= 1 } }
        try await clock.sleep(for: latency)
        return respond(request)
    }

    /// Returns a client whose clock on the wall is wrong by a time.
    func client(
        endpoints names: [EndpointName] = ["example.jobs"],
        limits: FetchLimits = FetchLimits(),
        wallClockOffset: Double = 0,
        key: APIKey = APIKey("test-key")
    ) throws -> FetchClient {
        var registry = EndpointRegistry()
        for name in names { try registry.register(Self.endpoint(name)) }
        return FetchClient(
            registry: registry,
            transport: ScriptedTransport([.init { try await self.send($0) }]),
            credentials: .fixed(["example": key]),
            configuration: FetchClient.Configuration(
                policy: PollingPolicy(schedule: .fixed(gap)),
                limits: limits
            ),
            environment: FetchClient.Environment(
                clock: clock,
                wallClock: { [clock] in clock.date.addingTimeInterval(wallClockOffset) },
                random: { 0.5 }
            )
        )
    }

    private static func endpoint(_ name: EndpointName) -> ConfigurableEndpoint<Int> {
        ConfigurableEndpoint<Int>(
            name: name,
            read: { response in
                if let fraction = response.headers["X-Pause"].flatMap(Double.init) {
                    throw FetchError(.rateLimited, "slow down", retryAfter: .seconds(fraction))
                }
                let body: JSONValue = try response.json()
                switch body["status"] {
                case "success": return .succeeded(body)
                case "unusable": throw FetchError(.unusableOutput, "the output has no link")
                default: return .pending
                }
            }
        )
    }

    /// Returns a worker.
    func worker(
        _ store: (any JobStore)? = nil,
        endpoints: [EndpointName] = ["example.jobs"],
        limits: FetchLimits = FetchLimits(),
        wallClockOffset: Double = 0,
        key: APIKey = APIKey("test-key"),
        maximumJobs: Int = 100_000
    ) throws -> JobWorker {
        JobWorker(
            client: try client(endpoints: endpoints, limits: limits, wallClockOffset: wallClockOffset, key: key),
            store: store ?? self.store,
            configuration: JobWorker.Configuration(maximumJobs: maximumJobs)
        )
    }

    /// Adds jobs with the numbers of a range.
    func add(_ numbers: ClosedRange<Int>) async throws {
        try await store.add(numbers.map { try DurableJob("example.jobs:\($0)") })
    }

    /// Runs workers for a time, or until no job is waiting, and then cancels them.
    func run(_ workers: [JobWorker], for duration: Duration) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for worker in workers { group.addTask { try await worker.run() } }
            group.addTask { try await self.waitForEnd(within: duration) }
            try await group.next()
            group.cancelAll()
            while let result = await group.nextResult() {
                if case .failure(let error) = result, !(error is CancellationError) { throw error }
            }
        }
    }

    private func waitForEnd(within duration: Duration) async throws {
        let end = clock.elapsed + duration
        while clock.elapsed < end, try await store.overview().waitingJobs > 0 {
            try await clock.sleep(for: .seconds(1))
        }
    }

    /// Returns the kinds of the outcomes that are delivered.
    func deliveredKinds() async throws -> [JobEnd.Kind] {
        try await store.takeDeliveries(limit: 100_000, for: .seconds(1)).map(\.end.kind)
    }
}
