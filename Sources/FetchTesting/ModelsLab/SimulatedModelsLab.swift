#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif
public import FetchCore
import Synchronization

/// A ModelsLab that runs in the process: jobs that take their time, keys that are wrong, and answers in the provider's
/// own words.
///
/// ```swift
/// let clock = VirtualClock()
/// let service = SimulatedModelsLab(
///     keys: ["modelslab": "sk-test"],
///     jobs: [.init(family: "video", id: "42", duration: .seconds(90), eta: .seconds(60))],
///     clock: clock
/// )
/// let client = FetchClient(
///     transport: service,
///     credentials: .fixed(["modelslab": APIKey("sk-test")]),
///     clock: clock,
///     wallClock: clock.wallClock
/// )
/// let video = try await clock.run { try await client.result(.modelsLabVideo, id: 42) }
/// ```
///
/// It is a transport, so that a client can be given it as it is, in virtual time; a `LoopbackServer` puts it behind a
/// real socket. It answers `POST …/api/v6/{family}/fetch/{id}` and `POST …/api/v1/enterprise/{family}/fetch/{id}`,
/// whatever the host. A family is any word: a job is enough to make it known.
///
/// The same requests at the same times get the same answers.
public final class SimulatedModelsLab: FetchTransport {
    /// What `fetch_result` begins with. The files that the service makes up are nowhere.
    public let baseURL: URL

    private let keys: [ProviderID: APIKey]
    private let dialect: any SimulatedDialect
    private let latency: Duration
    private let clock: any Clock<Duration>
    private let timeline: Timeline
    private let state: Mutex<SimulatedJobs>

    /// Creates a service and starts its jobs.
    ///
    /// - Parameters:
    ///   - keys: The keys that are accepted. Paths under `/api/v1/enterprise` want the key of `modelslab.enterprise`, all
    ///     others that of `modelslab`. A provider that is missing here refuses every key.
    ///   - jobs: Jobs that start now.
    ///   - dialect: How it answers.
    ///   - latency: How long each answer takes.
    ///   - baseURL: What `fetch_result` begins with. The files that the service makes up are on hosts that don't exist.
    ///   - clock: What durations are measured with.
    public init(
        keys: [ProviderID: String],
        jobs: [Job] = [],
        dialect: Dialect = .documents,
        latency: Duration = .zero,
        baseURL: URL = URL(string: "https://modelslab.com")!,
        clock: any Clock<Duration> = ContinuousClock()
    ) {
        self.keys = keys.mapValues { APIKey($0) }
        self.baseURL = baseURL
        self.latency = latency
        self.clock = clock
        self.dialect =
            switch dialect {
            case .documents: DocumentedDialect(baseURL: baseURL)
            case .fieldNotes: FieldNotedDialect(baseURL: baseURL)
            }
        timeline = Timeline(clock)
        var running = SimulatedJobs()
        for job in jobs { running.start(job, at: .zero) }
        state = Mutex(running)
    }

    /// Starts a job now. One of the same family and id is replaced.
    public func submit(_ job: Job) {
        state.withLock { $0.start(job, at: timeline.now) }
    }

    /// How many requests there were, refused ones included.
    public var requestCount: Int { state.withLock(\.requests) }

    /// How often a job was asked about, refused requests included.
    ///
    /// - Parameters:
    ///   - id: The job's id.
    ///   - family: The family it is of; nil for that id in all families.
    public func requestCount(of id: String, family: String? = nil) -> Int {
        state.withLock { $0.requests(of: id, family: family) }
    }

    /// Answers a request.
    ///
    /// - Throws: Only `CancellationError`, while the latency passes.
    public func send(_ request: FetchRequest) async throws -> FetchResponse {
        state.withLock { $0.requests += 1 }
        let response = respond(to: request)
        if latency > .zero { try await clock.sleep(for: latency) }
        return response
    }

    private func respond(to request: FetchRequest) -> FetchResponse {
        guard let route = SimulatedRoute(request.url), state.withLock({ $0.count(route) }) else {
            return dialect.unknownPath
        }
        guard request.method == .post else {
            var response = dialect.wrongMethod
            response.headers["Allow"] = "POST"
            return response
        }
        guard let key = Self.key(in: request) else { return dialect.missingKey }
        guard APIKey(key) == keys[route.provider] else { return dialect.wrongKey }
        if let refusal = dialect.malformedID(in: route) { return refusal }
        switch state.withLock({ $0.ask(route, at: timeline.now) }) {
        case .unknown: return dialect.unknownID(in: route)
        case .rateLimited(let turn, let retryAfter): return dialect.rateLimited(turn: turn, retryAfter: retryAfter)
        case .serverError(let turn): return dialect.serverError(turn: turn)
        case .pending(let job): return dialect.pending(job)
        case .done(let job): return dialect.done(job)
        }
    }

    private static func key(in request: FetchRequest) -> String? {
        let body = request.body.flatMap { try? JSONDecoder().decode(JSONValue.self, from: $0) }
        return body?["key"]?.string.flatMap { $0.isEmpty ? nil : $0 }
    }
}
