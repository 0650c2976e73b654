import FetchCore
import FetchTesting
import Testing

/// Returns the state that an endpoint decodes from one of its fixtures.
func state<Endpoint: FetchEndpoint>(
    _ endpoint: Endpoint,
    _ file: String
) async throws -> FetchState<Endpoint.Output> {
    let fixtures = try #require(try allProviderFixtures().first { $0.name == endpoint.name })
    let exchange = try fixtures.exchange(file)
    let client = FetchClient(
        transport: ScriptedTransport(exchange.responses.map { .response($0) }),
        credentials: .dynamic { _ in APIKey(ProviderFixtures.key) }
    )
    return try await client.fetch(endpoint, id: try #require(Endpoint.ID(fixtures.ids[0])))
}

extension FetchState {
    var output: Output {
        get throws {
            guard case .succeeded(let output) = self else { throw UnexpectedState(state: "\(self)") }
            return output
        }
    }

    var failure: JobFailure {
        get throws {
            guard case .failed(let failure) = self else { throw UnexpectedState(state: "\(self)") }
            return failure
        }
    }

    var progress: JobProgress {
        get throws {
            guard case .pending(let progress) = self else { throw UnexpectedState(state: "\(self)") }
            return progress
        }
    }
}

private struct UnexpectedState: Error {
    var state: String
}
