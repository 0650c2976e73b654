#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Asks about jobs: once, state by state, or until the result is there.
///
/// ```swift
/// let registry = try EndpointRegistry(.transcript)
/// let client = try FetchClient(registry: registry, transport: .curl, credentials: .environment)
///
/// let text = try await client.result(.transcript, id: "a1b2")
/// let output = try await client.result(JobReference("example.transcript:a1b2"))
/// ```
///
/// | | by type | by name |
/// |---|---|---|
/// | once | ``fetch(_:id:)`` | ``fetch(_:)`` |
/// | each state | ``updates(_:id:submitted:policy:)`` | ``updates(_:submitted:policy:)`` |
/// | the result | ``result(_:id:submitted:policy:)`` | ``result(_:submitted:policy:)`` |
/// | the results of several jobs | | ``results(of:policy:)`` |
/// | the outcomes of many, as they come | | ``batch(policy:)`` |
///
/// An endpoint that is passed by type needs no registration.
///
/// A client is a value: copying it is cheap, and it can be used from many tasks at once. Its copies share what they know of
/// the jobs that are waited for: several waits for one job ask once, and all of them together keep to the limits of a
/// provider. Its description shows no key.
///
/// All functions throw ``FetchError``, and `CancellationError` as soon as the caller's task is cancelled.
public struct FetchClient: Sendable {
    /// The endpoints that can be asked for by name.
    public var registry: EndpointRegistry

    /// How patient a wait is, where the call doesn't say.
    public var policy: PollingPolicy {
        didSet { usablePolicy = UsablePolicy(policy) }
    }

    /// The policy with all values clamped, shared by all waits that bring none of their own.
    private(set) var usablePolicy: UsablePolicy

    /// Called whenever a wait makes a request again that failed, for a log or a display; nil unless set.
    ///
    /// It is called from the task that waits, before the gap, and should return at once.
    public var onRetry: (@Sendable (FetchRetry) -> Void)?

    let exchange: Exchange
    let scheduler: JobScheduler

    /// Creates a client.
    ///
    /// - Parameters:
    ///   - registry: The endpoints that can be asked for by name.
    ///   - transport: What carries requests.
    ///   - credentials: Where the keys come from.
    ///   - policy: How patient a wait is.
    ///   - origins: Where a provider's requests go instead of its own scheme, host and port, such as to a proxy. The
    ///     paths stay, and the key goes there.
    ///   - plainHTTPHosts: Hosts that may be asked without TLS. This machine always may.
    ///   - responseLimit: How many bytes the body of an answer may have. 32 MiB unless stated.
    ///   - limits: How hard a provider may be asked.
    ///   - providerLimits: How hard those providers may be asked that have limits of their own.
    ///   - observer: Hears what the client does; nil for nobody.
    ///   - durations: What another client has learned of the jobs of each endpoint: its ``durations``.
    ///   - clock: What gaps, timeouts and deadlines are measured with.
    ///   - wallClock: What a ``Submission``'s date and a `Retry-After` date are compared with.
    ///   - random: Numbers from 0 to 1, for the jitter of retries.
    public init(
        registry: EndpointRegistry = EndpointRegistry(),
        transport: any FetchTransport,
        credentials: Credentials,
        policy: PollingPolicy = PollingPolicy(),
        origins: [ProviderID: Origin] = [:],
        plainHTTPHosts: Set<String> = [],
        responseLimit: Int = 32 << 20,
        limits: FetchLimits = FetchLimits(),
        providerLimits: [ProviderID: FetchLimits] = [:],
        observer: (any FetchObserver)? = nil,
        durations: [EndpointName: JobDurations] = [:],
        clock: any Clock<Duration> = ContinuousClock(),
        wallClock: @escaping @Sendable () -> Date = { Date() },
        random: @escaping @Sendable () -> Double = { .random(in: 0...1) }
    ) {
        self.registry = registry
        self.policy = policy
        usablePolicy = UsablePolicy(policy)
        scheduler = JobScheduler(
            clock: clock,
            durations: durations,
            limits: { providerLimits[$0] ?? limits },
            observer: observer,
            random: random
        )
        exchange = Exchange(
            transport: transport,
            credentials: credentials,
            builder: RequestBuilder(
                origins: origins,
                plainHTTPHosts: Set(plainHTTPHosts.map { $0.lowercased() }),
                responseLimit: max(responseLimit, 0)
            ),
            clock: clock,
            wallClock: wallClock
        )
    }
}

extension FetchClient {
    /// Asks about a job once.
    ///
    /// - Returns: The job's state as the answer gives it.
    /// - Throws: ``FetchError`` where the fetch failed, with the code ``FetchError/Code/requestTimeout`` after
    ///   ``PollingPolicy/requestTimeout``; `CancellationError`. A failed job is a state, not an error.
    public func fetch<Endpoint: FetchEndpoint>(
        _ endpoint: Endpoint,
        id: Endpoint.ID
    ) async throws -> FetchState<Endpoint.Output> {
        try await once(scheduler.asker(for: endpoint, exchange), id.description)
    }

    /// A job's states as they come, the last one terminal.
    ///
    /// Nothing is sent before the sequence is iterated. See ``FetchUpdates`` for what iteration throws.
    ///
    /// - Parameters:
    ///   - endpoint: Whom to ask.
    ///   - id: The job.
    ///   - submitted: When the job was submitted and what ETA it was given. Then the first request waits until the job is
    ///     likely enough to be ready; otherwise it is made at once.
    ///   - policy: How patient to be; the client's policy where nil.
    public func updates<Endpoint: FetchEndpoint>(
        _ endpoint: Endpoint,
        id: Endpoint.ID,
        submitted: Submission? = nil,
        policy: PollingPolicy? = nil
    ) -> FetchUpdates<Endpoint.Output> {
        updates(
            of: .success(scheduler.asker(for: endpoint, exchange)),
            named: endpoint.name,
            id.description,
            submitted: submitted,
            policy: policy
        )
    }

    /// Waits until a job is done and returns its output.
    ///
    /// - Parameters:
    ///   - endpoint: Whom to ask.
    ///   - id: The job.
    ///   - submitted: When the job was submitted and what ETA it was given.
    ///   - policy: How patient to be; the client's policy where nil.
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/jobFailed`` where the job ended without an output, with
    ///   ``FetchError/Code/deadlineExceeded`` where it wasn't ready in time, with others where it can't be asked about;
    ///   `CancellationError`.
    public func result<Endpoint: FetchEndpoint>(
        _ endpoint: Endpoint,
        id: Endpoint.ID,
        submitted: Submission? = nil,
        policy: PollingPolicy? = nil
    ) async throws -> Endpoint.Output {
        try await updates(endpoint, id: id, submitted: submitted, policy: policy).output()
    }
}

extension FetchClient: CustomStringConvertible, CustomReflectable {
    /// The endpoints that are registered.
    public var description: String { "FetchClient(\(registry))" }

    /// The registry, and nothing that could hold a key.
    public var customMirror: Mirror { Mirror(self, children: ["registry": registry], displayStyle: .struct) }
}
