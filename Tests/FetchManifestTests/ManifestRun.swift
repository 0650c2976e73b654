import FetchCore
import FetchManifest
import FetchTesting

/// A manifest whose provider follows a script.
struct ManifestRun {
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
            clock: clock,
            wallClock: clock.wallClock
        )
    }

    init(_ changes: [String: JSONValue] = [:], _ steps: [ScriptedTransport.Step]) throws {
        try self.init(ExampleManifest.manifest(changes), steps)
    }

    /// Asks once.
    func fetch(_ id: String = "42") async throws -> FetchState<any FetchOutput> {
        let job = try JobReference(endpoint: name, id: id)
        return try await clock.run { [client] in try await client.fetch(job) }
    }

    /// The states up to the end.
    func states(_ id: String = "42") async throws -> [FetchState<any FetchOutput>] {
        let job = try JobReference(endpoint: name, id: id)
        return try await clock.run { [client] in
            var states: [FetchState<any FetchOutput>] = []
            for try await update in client.updates(job) { states.append(update.state) }
            return states
        }
    }

    /// What one answer, and those of the follow-ups, mean by a manifest.
    static func state(
        _ changes: [String: JSONValue] = [:],
        _ answer: String,
        status: Int = 200,
        headers: HeaderFields = [:],
        then further: [ScriptedTransport.Step] = []
    ) async throws -> FetchState<any FetchOutput> {
        try await Self(changes, [.json(answer, status: status, headers: headers)] + further).fetch()
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
