#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif
public import FetchCore
import Synchronization

/// An in-process simulation of ModelsLab with jobs, keys, rate limits and the provider's response formats.
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
///     environment: FetchClient.Environment(clock: clock, wallClock: clock.wallClock)
/// )
/// let video = try await clock.run { try await client.result(.modelsLabVideo, id: 42) }
/// ```
///
/// The service is a transport, so a client can use it directly, in virtual time. A ``LoopbackServer`` serves it over a
/// real socket. It responds to `POST …/api/v6/{family}/fetch/{id}` and `POST …/api/v1/enterprise/{family}/fetch/{id}`
/// on any host. A family can have any name; it exists as soon as one of its jobs does.
///
/// The service is deterministic: the same requests at the same times get the same responses.
public final class SimulatedModelsLab: FetchTransport {
    /// The prefix of `fetch_result`, before the path.
    public let baseURL: URL

    private let keys: [ProviderID: APIKey]
    private let responses: any SimulatedResponses
    private let latency: Duration
    private let clock: any Clock<Duration>
    private let timeline: Timeline
    private let state: Mutex<SimulatedJobs>

    /// Creates a service and starts its jobs.
    ///
    /// - Parameters:
    ///   - keys: The valid keys. Paths under `/api/v1/enterprise` require the key of `modelslab.enterprise`, all others
    ///     that of `modelslab`. Without an entry, all keys of that provider are rejected.
    ///   - jobs: The jobs that start now. Defaults to none.
    ///   - style: The source that the responses follow. Defaults to ``ResponseStyle/documented``.
    ///   - latency: The delay of each response. Defaults to zero.
    ///   - baseURL: The prefix of `fetch_result`, before the path. Defaults to `https://modelslab.com`. Links to output
    ///     files have other hosts, which don't exist.
    ///   - clock: The clock for jobs and latency. Defaults to `ContinuousClock()`.
    public init(
        keys: [ProviderID: String],
        jobs: [Job] = [],
        style: ResponseStyle = .documented,
        latency: Duration = .zero,
        baseURL: URL = URL(string: "https://modelslab.com")!,
        clock: any Clock<Duration> = ContinuousClock()
    ) {
        self.keys = keys.mapValues { APIKey($0) }
        self.baseURL = baseURL
        self.latency = latency
        self.clock = clock
        responses =
            switch style {
            case .documented: DocumentedResponses(baseURL: baseURL)
            case .reported: ReportedResponses(baseURL: baseURL)
            }
        timeline = Timeline(clock)
        var running = SimulatedJobs()
        for job in jobs { running.start(job, at: .zero) }
        state = Mutex(running)
    }

    /// Starts a job now. It replaces a job with the same family and id.
    public func submit(_ job: Job) {
        state.withLock { $0.start(job, at: timeline.now) }
    }

    /// The number of requests so far, including rejected ones.
    public var requestCount: Int { state.withLock(\.requests) }

    /// Returns the number of requests for a job so far, including rejected ones.
    ///
    /// - Parameters:
    ///   - id: The job's id.
    ///   - family: The job's family. Defaults to `nil`, which counts the id in all families.
    /// - Returns: The number of requests.
    public func requestCount(of id: String, family: String? = nil) -> Int {
        state.withLock { $0.requests(of: id, family: family) }
    }

    /// Responds to a request after the latency.
    ///
    /// - Parameter request: The request. Its method, path and key decide about the response.
    /// - Returns: The response.
    /// - Throws: `CancellationError` if the task is cancelled during the latency, and no other error.
    public func send(_ request: FetchRequest) async throws -> FetchResponse {
        state.withLock { $0.requests += 1 }
        let response = respond(to: request)
        if latency > .zero { try await clock.sleep(for: latency) }
        return response
    }

    private func respond(to request: FetchRequest) -> FetchResponse {
        guard let route = SimulatedRoute(request.url), state.withLock({ $0.count(route) }) else {
            return responses.unknownPath
        }
        guard request.method == .post else {
            var response = responses.wrongMethod
            response.headers["Allow"] = "POST"
            return response
        }
        guard let key = Self.key(in: request) else { return responses.missingKey }
        guard APIKey(key) == keys[route.provider] else { return responses.wrongKey }
        if let response = responses.malformedID(in: route) { return response }
        switch state.withLock({ $0.poll(route, at: timeline.now) }) {
        case .unknown: return responses.unknownID(in: route)
        case .rateLimited(let index, let retryAfter): return responses.rateLimited(index: index, retryAfter: retryAfter)
        case .serverError(let index): return responses.serverError(index: index)
        case .pending(let job): return responses.pending(job)
        case .done(let job): return responses.done(job)
        }
    }

    private static func key(in request: FetchRequest) -> String? {
        let body = request.body.flatMap { try? JSONDecoder().decode(JSONValue.self, from: $0) }
        return body?["key"]?.string.flatMap { $0.isEmpty ? nil : $0 }
    }
}
