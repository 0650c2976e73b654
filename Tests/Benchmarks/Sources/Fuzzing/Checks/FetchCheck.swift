import FetchCore
import Foundation

/// A check of an endpoint's results for an input, directly and through a client.
struct FetchCheck {
    let input: EndpointInput

    /// Checks the endpoint's own interpretation of the first response.
    func read() throws { try read(input.endpoint) }

    private func read<Endpoint: FetchEndpoint>(_ endpoint: Endpoint) throws {
        guard case .response(let response)? = input.responses.first, let id = Endpoint.ID(input.id) else { return }
        do {
            switch try endpoint.answer(to: id, from: response) {
            case .pending(let progress):
                try Invariants.check(progress)
                try check(progress)
            case .succeeded(let output): try check(output)
            case .failed(let failure): _ = failure.description
            case .followUp: break
            }
        } catch let violation as Violation {
            throw violation
        } catch let error as FetchError {
            try Invariants.check(error)
        } catch {
            throw Violation("the endpoint threw \(type(of: error)) instead of FetchError: \(error)")
        }
    }

    /// Fetches the job by name over a transport with the input's responses.
    ///
    /// - Returns: The kind of outcome, for the statistics.
    /// - Throws: ``Violation``.
    func fetch() async throws -> String {
        let transport = ScriptedResponses(input.responses)
        let result = await Self.caught {
            let registry = try EndpointRegistry(Plugin(endpoints: [input.endpoint]))
            let job = try JobReference(endpoint: input.endpoint.name, id: input.id)
            return try await client(registry, transport).fetch(job)
        }
        let requests = transport.requests.map(\.request)
        try check(requests)
        switch result {
        case .success(let state):
            if input.isSearched { try search(state, output: state.output) }
            return try outcome(of: state)
        case .failure(let error as FetchError):
            try Invariants.check(error)
            if input.isSearched { try search(error, output: nil) }
            try Violation.unless(
                error.id == nil || error.id?.utf8.elementsEqual(input.id.utf8) == true,
                "an error names the job \(Escaped.string(error.id ?? ""))"
            )
            return error.code.description
        case .failure(let error): throw Violation("the client threw \(type(of: error)): \(error)")
        }
    }

    func client(_ registry: EndpointRegistry, _ transport: ScriptedResponses) -> FetchClient {
        FetchClient(
            registry: registry,
            transport: transport,
            credentials: .fixed([input.endpoint.provider: APIKey(input.canary.key)]),
            environment: FetchClient.Environment(wallClock: { Date(timeIntervalSince1970: 1_800_000_000) })
        )
    }

    private func outcome(of state: FetchState<any FetchOutput>) throws -> String {
        switch state {
        case .pending(let progress):
            try Invariants.check(progress)
            return "pending"
        case .succeeded(let output):
            try checkPromises(in: output.outputArtifacts)
            return "succeeded"
        case .failed(let failure): return failure.reason.rawValue
        }
    }

    static func caught<Value>(_ body: () async throws -> Value) async -> Result<Value, any Error> {
        do {
            return .success(try await body())
        } catch {
            return .failure(error)
        }
    }

    /// A plugin with endpoints of any type.
    struct Plugin: FetchPlugin {
        let endpoints: [any FetchEndpoint]
    }
}

extension FetchState {
    var output: Output? {
        if case .succeeded(let output) = self { output } else { nil }
    }
}
