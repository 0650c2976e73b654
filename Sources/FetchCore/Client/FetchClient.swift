/// A client that polls jobs: once, state by state, or until they end.
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
/// | the outcomes of many jobs | | ``outcomes(of:policy:)-(Sequence<QueuedJob>,_)`` |
///
/// An endpoint that is passed by type needs no registration. An application that holds the provider's response to a
/// submission passes it in place of the id: ``result(continuing:of:policy:)-(_,Endpoint,_)``.
///
/// By name, the output is `any FetchOutput`: a value of the endpoint's own output type, behind a protocol, since the
/// type isn't known when the caller is compiled. ``FetchOutput/outputArtifacts`` lists the links and the data that it
/// consists of, for every endpoint. For anything else that the type has, cast the output to it.
///
/// A client is a value: copying it is cheap, and it can be used from many tasks at once. Its copies share one
/// scheduler: several waits for one job share its requests, and all of them together keep to the limits of each
/// provider. Its description shows no key.
///
/// All functions throw ``FetchError``, and `CancellationError` as soon as the caller's task is cancelled.
public struct FetchClient: Sendable {
    /// The endpoints that are polled by name.
    public var registry: EndpointRegistry {
        didSet { account.keys.knownKeys.register(registry.providerSet) }
    }

    /// The policy of waits that bring none of their own.
    public var policy: PollingPolicy {
        didSet { clampedPolicy = ClampedPolicy(policy) }
    }

    /// The policies of single endpoints, for waits that bring none of their own. An endpoint needn't be registered.
    public var policies: [EndpointName: PollingPolicy]

    /// The clamped policy, shared by all waits for jobs of endpoints for which nothing else is stated.
    private(set) var clampedPolicy: ClampedPolicy

    /// The downloads of the client, which `FetchDownload` creates.
    package let sharedDownloads = SharedValue()

    /// Returns the limits of a provider that the configuration states.
    package let configuredLimits: @Sendable (ProviderID) -> FetchLimits

    let pipeline: RequestPipeline
    let scheduler: JobScheduler

    /// The account whose keys and limits apply.
    var account: Account

    /// Creates a client.
    ///
    /// - Parameters:
    ///   - registry: The endpoints that are polled by name. Defaults to none.
    ///   - transport: Sends the requests.
    ///   - credentials: Provides the keys.
    ///   - configuration: The settings.
    ///   - environment: The clocks and the random numbers. Only tests replace them.
    public init(
        registry: EndpointRegistry = EndpointRegistry(),
        transport: any FetchTransport,
        credentials: Credentials,
        configuration: Configuration = Configuration(),
        environment: Environment = Environment()
    ) {
        self.registry = registry
        policy = configuration.policy
        policies = configuration.policies
        clampedPolicy = ClampedPolicy(configuration.policy)
        configuredLimits = { configuration.providerLimits[$0] ?? configuration.limits }
        scheduler = JobScheduler(
            credentials: credentials,
            clock: environment.clock,
            durations: configuration.durations,
            limits: configuredLimits,
            observer: configuration.observer,
            random: environment.random
        )
        pipeline = RequestPipeline(
            transport: transport,
            builder: RequestBuilder(
                origins: configuration.origins,
                plainHTTPHosts: Set(configuration.plainHTTPHosts.map { $0.lowercased() }),
                responseLimit: max(configuration.responseLimit, 0)
            ),
            clock: environment.clock,
            wallClock: environment.wallClock
        )
        account = scheduler.ownAccount
        account.keys.knownKeys.register(registry.providerSet)
    }
}

extension FetchClient {
    /// Polls a job once.
    ///
    /// - Parameters:
    ///   - endpoint: The endpoint.
    ///   - id: The job's id.
    /// - Returns: The job's state. A failed job is a state, not an error.
    /// - Throws: ``FetchError`` if the request failed, with the code ``FetchError/Code/requestTimeout`` after
    ///   ``PollingPolicy/requestTimeout``, which also limits each follow-up; `CancellationError`.
    @concurrent
    public func fetch<Endpoint: FetchEndpoint>(
        _ endpoint: Endpoint,
        id: Endpoint.ID
    ) async throws -> FetchState<Endpoint.Output> {
        let handle = scheduler.handle(for: endpoint, account, pipeline)
        let text = id.description
        try Endpoint.ID.validate(text, for: handle.name)
        var output: (any FetchOutput)?
        let result = try await scheduler.pollNow(text, of: handle, policy(nil, for: handle)) {
            [pipeline, account] limit, followUpLimit in
            let report = try await pipeline.poll(
                endpoint,
                handle.form,
                for: account,
                id: id,
                text,
                within: limit,
                followUpLimit: followUpLimit
            ) { output = $0 }
            return report.with(output)
        }
        switch consume result {
        case .failure(let error): throw error
        case .success(.pending(let progress)): return .pending(progress)
        case .success(.failed(let failure)): return .failed(failure)
        case .success(.succeeded(let output)):
            return .succeeded(try FetchUpdates<Endpoint.Output>.output(output, of: handle.name, text))
        case nil: return try await singleRequest(handle, text)
        }
    }

    /// Returns a job's states as they come, the last one terminal.
    ///
    /// Nothing is sent before the sequence is iterated. See ``FetchUpdates`` for the errors that iteration throws.
    ///
    /// - Parameters:
    ///   - endpoint: The endpoint.
    ///   - id: The job's id.
    ///   - submitted: The date of the submission, and the ETA given then. If it is known, the first request is made
    ///     when the job is likely enough to be done, and at once otherwise.
    ///   - policy: The policy of the wait. Defaults to the client's.
    /// - Returns: The sequence of states.
    public func updates<Endpoint: FetchEndpoint>(
        _ endpoint: Endpoint,
        id: Endpoint.ID,
        submitted: Submission? = nil,
        policy: PollingPolicy? = nil
    ) -> FetchUpdates<Endpoint.Output> {
        let handle = scheduler.handle(for: endpoint, account, pipeline)
        return updates(of: .success(handle), named: handle.name, id.description, submitted, policy)
    }

    /// Waits until a job is done and returns its output.
    ///
    /// - Parameters:
    ///   - endpoint: The endpoint.
    ///   - id: The job's id.
    ///   - submitted: The date of the submission, and the ETA given then.
    ///   - policy: The policy of the wait. Defaults to the client's.
    /// - Returns: The output.
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/jobFailed`` if the job ended without an output, with
    ///   ``FetchError/Code/deadlineExceeded`` if it wasn't done in time, with others if it can't be polled;
    ///   `CancellationError`.
    public func result<Endpoint: FetchEndpoint>(
        _ endpoint: Endpoint,
        id: Endpoint.ID,
        submitted: Submission? = nil,
        policy: PollingPolicy? = nil
    ) async throws -> Endpoint.Output {
        let (handle, text) = (scheduler.handle(for: endpoint, account, pipeline), id.description)
        let output = try await output(of: handle, text, submitted, policy)
        return try FetchUpdates<Endpoint.Output>.output(output, of: handle.name, text)
    }
}

extension FetchClient: CustomStringConvertible, CustomReflectable {
    /// The names of the registered endpoints.
    public var description: String { "FetchClient(\(registry))" }

    /// A mirror of the registry, and of nothing that could hold a key.
    public var customMirror: Mirror { Mirror(self, children: ["registry": registry], displayStyle: .struct) }
}
