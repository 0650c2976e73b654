import FetchCore
import FetchManifest
import FetchTesting

/// A client for one manifest over a scripted transport and a virtual clock.
struct ManifestHarness {
    let transport: ScriptedTransport
    let clock: VirtualClock
    private let client: FetchClient
    private let name: EndpointName

    init(_ manifest: EndpointManifest, _ steps: [ScriptedTransport.Step]) throws {
        clock = VirtualClock()
        transport = ScriptedTransport(steps, clock: clock)
        name = manifest.name
        client = FetchClient(
            registry: try EndpointRegistry(manifest),
            transport: transport,
            credentials: .fixed([manifest.provider: APIKey("sk-canary")]),
            environment: FetchClient.Environment(clock: clock, wallClock: clock.wallClock)
        )
    }

    init(_ changes: [String: JSONValue] = [:], _ steps: [ScriptedTransport.Step]) throws {
        try self.init(ExampleManifest.manifest(changes), steps)
    }

    /// Polls the job once.
    func fetch(_ id: String = "42") async throws -> FetchState<any FetchOutput> {
        let job = try JobReference(endpoint: name, id: id)
        return try await clock.run { [client] in try await client.fetch(job) }
    }

    /// Polls the job until it ends and returns all states.
    func states(_ id: String = "42") async throws -> [FetchState<any FetchOutput>] {
        let job = try JobReference(endpoint: name, id: id)
        return try await clock.run { [client] in
            var states: [FetchState<any FetchOutput>] = []
            for try await update in client.updates(job) { states.append(update.state) }
            return states
        }
    }

    /// Returns the state that the example manifest with changes reads in one response and those of the follow-ups.
    static func state(
        _ changes: [String: JSONValue] = [:],
        _ body: String,
        status: Int = 200,
        headers: HeaderFields = [:],
        then further: [ScriptedTransport.Step] = []
    ) async throws -> FetchState<any FetchOutput> {
        try await Self(changes, [.json(body, status: status, headers: headers)] + further).fetch()
    }
}

extension FetchState where Output == any FetchOutput {
    var progress: JobProgress? {
        if case .pending(let progress) = self { progress } else { nil }
    }

    var artifacts: [Artifact]? {
        if case .succeeded(let output) = self { output.outputArtifacts } else { nil }
    }

    var failure: JobFailure? {
        if case .failed(let failure) = self { failure } else { nil }
    }
}
