#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import FetchCore

/// One run of the conformance rules against an endpoint.
struct ConformanceRun<Endpoint: FetchEndpoint>: Sendable {
    /// The requests and the result of one fetch.
    struct Observation {
        /// The requests in the order in which they were sent, including follow-ups.
        var requests: [FetchRequest]
        var result: Result<FetchState<Endpoint.Output>, FetchError>
    }

    let endpoint: Endpoint
    let ids: [Endpoint.ID]
    var fixtures: [EndpointFixture]
    let submissions: [SubmissionFixture]
    let others: EndpointRegistry
    /// A registry with only this endpoint. Empty if the endpoint can't be registered; then the run sends no request.
    private let registry: EndpointRegistry
    /// The key that the run sends.
    let key: APIKey
    /// True if the test passes no key.
    let hasDefaultKey: Bool
    let clock = VirtualClock()
    var onProbe: (@Sendable (String) -> Void)?

    init(
        endpoint: Endpoint,
        ids: [Endpoint.ID],
        fixtures: [EndpointFixture],
        submissions: [SubmissionFixture] = [],
        others: EndpointRegistry,
        key: APIKey?
    ) {
        self.endpoint = endpoint
        self.ids = ids
        self.fixtures = fixtures
        self.submissions = submissions
        self.others = others
        registry = (try? EndpointRegistry(endpoint)) ?? EndpointRegistry()
        hasDefaultKey = key == nil
        self.key = key ?? APIKey(endpoint.authorization == .basic ? "user:\(Self.defaultKey)" : Self.defaultKey)
    }

    func violations() async throws -> [ConformanceViolation] {
        // An endpoint that can't be registered can't be polled.
        let rejected = registrationViolations()
        guard rejected.isEmpty else { return propertyViolations() + rejected }
        guard let id = ids.first else { return sampleViolations() }
        var violations = propertyViolations() + declarationViolations() + sampleViolations()
        violations += try await requestViolations()
        // Without a request there are no responses to decode.
        guard case .success = try await request(for: id) else { return violations }
        violations += try await hostileIDViolations()
        violations += try await keyViolations()
        violations += try await fixtureViolations()
        violations += try await submissionViolations()
        violations += try await httpStatusViolations(id)
        violations += try await followUpViolations(id)
        violations += try await endViolations(id)
        try probeMalformedResponses(id)
        try await probeMalformedSubmissions()
        return violations
    }
}

extension ConformanceRun {
    /// No encoding changes the characters of this key, so that a search finds it in URLs, header fields and JSON.
    private static var defaultKey: String { "sk-canary-51d2a7f3c96e4b08" }

    /// The secret part of the key: what follows the first colon, or all of it.
    var secret: String {
        key.secret.firstIndex(of: ":").map { String(key.secret[$0...].dropFirst()) } ?? key.secret
    }

    /// Returns a client that sends its requests through a scripted transport.
    func client(_ transport: ScriptedTransport) -> FetchClient {
        FetchClient(
            registry: registry,
            transport: transport,
            credentials: .fixed([endpoint.provider: key]),
            environment: FetchClient.Environment(clock: clock, wallClock: clock.wallClock, random: { 0.5 })
        )
    }

    /// Polls a job once. The server sends these responses in order and repeats the last one.
    func poll(
        _ id: Endpoint.ID,
        _ responses: [FetchResponse] = [FetchResponse(json: "{}")],
        probing probe: String? = nil
    ) async throws -> Observation {
        if let probe { onProbe?("\(endpoint.name): \(probe)") }
        let transport = ScriptedTransport(responses.map { .response($0) }, clock: clock)
        do {
            let state = try await client(transport).fetch(endpoint, id: id)
            // Reads the artifacts, since computing them may trap.
            if case .succeeded(let output) = state { _ = output.outputArtifacts }
            return Observation(requests: transport.requests, result: .success(state))
        } catch let error as FetchError {
            return Observation(requests: transport.requests, result: .failure(error))
        }
    }

    /// Returns the request that polls a job, or the error that prevented it.
    func request(for id: Endpoint.ID) async throws -> Result<FetchRequest, FetchError> {
        let observation = try await poll(id)
        if let request = observation.requests.first { return .success(request) }
        guard case .failure(let error) = observation.result else {
            return .failure(FetchError(.malformedEndpoint, "no request was sent"))
        }
        return .failure(error)
    }
}

extension Result {
    /// Returns the result of a fetch as a phrase for messages.
    func summary<Output>() -> String where Success == FetchState<Output>, Failure == FetchError {
        switch self {
        case .success(.pending): "pending"
        case .success(.succeeded): "succeeded"
        case .success(.failed(let failure)): "a failed job (\(failure))"
        case .failure(let error):
            "\(error.isRetryable ? "a retryable" : "a permanent") error (\(error.code): \(error.message))"
        }
    }
}
