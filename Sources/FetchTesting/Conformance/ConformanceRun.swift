#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import FetchCore

/// One endpoint on trial.
struct ConformanceRun<Endpoint: FetchEndpoint>: Sendable {
    /// What became of one fetch.
    struct Observation {
        /// What was sent, follow-ups included.
        var requests: [FetchRequest]
        var result: Result<FetchState<Endpoint.Output>, FetchError>
    }

    let endpoint: Endpoint
    let ids: [Endpoint.ID]
    let fixtures: [EndpointFixture]
    let neighbours: EndpointRegistry
    /// The endpoint alone. It is empty if the endpoint can't be registered, which ends the run before a request is made.
    private let registry: EndpointRegistry
    private let credentials: Credentials
    let clock = VirtualClock()
    var onProbe: (@Sendable (String) -> Void)?

    init(endpoint: Endpoint, ids: [Endpoint.ID], fixtures: [EndpointFixture], neighbours: EndpointRegistry) {
        self.endpoint = endpoint
        self.ids = ids
        self.fixtures = fixtures
        self.neighbours = neighbours
        registry = (try? EndpointRegistry(endpoint)) ?? EndpointRegistry()
        credentials = .fixed([endpoint.provider: APIKey(Self.canary)])
    }

    func violations() async throws -> [ConformanceViolation] {
        // Nothing can be asked of an endpoint that can't be registered.
        let refused = registrationViolations()
        guard refused.isEmpty else { return refused }
        guard let id = ids.first else { return sampleViolations() }
        var violations = declarationViolations() + sampleViolations()
        violations += try await requestViolations()
        // What is never asked has no answers to misread.
        guard case .success = try await request(for: id) else { return violations }
        violations += try await hostileIDViolations()
        violations += try await keyViolations()
        violations += try await fixtureViolations()
        violations += try await httpStatusViolations(id)
        violations += try await followUpViolations(id)
        violations += try await endViolations(id)
        try await survive(id)
        return violations
    }
}

extension ConformanceRun {
    /// No sign of it changes in a URL, a header or JSON, so that it is found wherever it is.
    static var canary: String { "sk-canary-51d2a7f3c96e4b08" }

    /// A client whose server gives these answers, the last one again and again.
    func client(_ transport: ScriptedTransport) -> FetchClient {
        FetchClient(
            registry: registry,
            transport: transport,
            credentials: credentials,
            clock: clock,
            wallClock: clock.wallClock,
            random: { 0.5 }
        )
    }

    /// Asks about a job whose server gives these answers.
    func ask(
        _ id: Endpoint.ID,
        _ responses: [FetchResponse] = [FetchResponse(json: "{}")],
        probing probe: String? = nil
    ) async throws -> Observation {
        if let probe { onProbe?("\(endpoint.name): \(probe)") }
        let transport = ScriptedTransport(responses.map { .response($0) }, clock: clock)
        do {
            let state = try await client(transport).fetch(endpoint, id: id)
            // An output that traps when it is shown is found here.
            if case .succeeded(let output) = state { _ = output.outputArtifacts }
            return Observation(requests: transport.requests, result: .success(state))
        } catch let error as FetchError {
            return Observation(requests: transport.requests, result: .failure(error))
        }
    }

    /// The request that asks about a job, or the error that kept it from being sent.
    func request(for id: Endpoint.ID) async throws -> Result<FetchRequest, FetchError> {
        let observation = try await ask(id)
        if let request = observation.requests.first { return .success(request) }
        guard case .failure(let error) = observation.result else {
            return .failure(FetchError(.malformedEndpoint, "nothing was sent"))
        }
        return .failure(error)
    }
}

extension Result {
    /// What a fetch made of an answer, in words.
    func inWords<Output>() -> String where Success == FetchState<Output>, Failure == FetchError {
        switch self {
        case .success(.pending): "pending"
        case .success(.succeeded): "succeeded"
        case .success(.failed(let failure)): "a failed job (\(failure))"
        case .failure(let error):
            "\(error.isRetryable ? "a passing" : "a final") error (\(error.code): \(error.message))"
        }
    }
}
