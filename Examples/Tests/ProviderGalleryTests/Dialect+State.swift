import FetchCore
import FetchTesting
import Testing

/// What an endpoint makes of one of its fixtures.
func state<Endpoint: FetchEndpoint>(
    _ endpoint: Endpoint,
    _ file: String
) async throws -> FetchState<Endpoint.Output> {
    let dialect = try #require(try dialects().first { $0.name == endpoint.name })
    let answer = try dialect.answer(file)
    let client = FetchClient(
        transport: ScriptedTransport(answer.responses.map { .response($0) }),
        credentials: .dynamic { _ in APIKey(Dialect.key) }
    )
    return try await client.fetch(endpoint, id: try #require(Endpoint.ID(dialect.ids[0])))
}

extension FetchState {
    var output: Output {
        get throws {
            guard case .succeeded(let output) = self else { throw Unexpected(state: "\(self)") }
            return output
        }
    }

    var failure: JobFailure {
        get throws {
            guard case .failed(let failure) = self else { throw Unexpected(state: "\(self)") }
            return failure
        }
    }

    var progress: JobProgress {
        get throws {
            guard case .pending(let progress) = self else { throw Unexpected(state: "\(self)") }
            return progress
        }
    }
}

private struct Unexpected: Error {
    var state: String
}
