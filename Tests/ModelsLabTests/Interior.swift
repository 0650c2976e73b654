import FetchCore
import FetchTesting
import Foundation
import ModelsLab
import Testing

/// A family that FetchKit doesn't bring, as its documents describe it.
struct Interior: ModelsLabEndpoint {
    typealias ID = Int64
    let name: EndpointName = "modelslab.interior"
    let path: PathTemplate = "interior/fetch/{id}"
}

extension Interior {
    typealias Picture = Generation<[String: JSONValue]>

    /// The state of a job about which the server says this.
    static func state(_ answer: String, status: Int = 200) async throws -> FetchState<Picture> {
        let client = FetchClient(
            transport: ScriptedTransport([.json(answer, status: status)]),
            credentials: .fixed([.modelsLab: APIKey("test-key")]),
            policy: PollingPolicy(requestTimeout: .seconds(3600))
        )
        return try await client.fetch(Interior(), id: 67_545)
    }

    static func progress(_ answer: String, status: Int = 200) async throws -> JobProgress {
        let state = try await state(answer, status: status)
        guard case .pending(let progress) = state else { throw Unexpected(state: state) }
        return progress
    }

    static func picture(_ answer: String, status: Int = 200) async throws -> Picture {
        let state = try await state(answer, status: status)
        guard case .succeeded(let picture) = state else { throw Unexpected(state: state) }
        return picture
    }

    static func failure(_ answer: String, status: Int = 200) async throws -> JobFailure {
        let state = try await state(answer, status: status)
        guard case .failed(let failure) = state else { throw Unexpected(state: state) }
        return failure
    }

    static func error(_ answer: String, status: Int = 200) async throws -> FetchError {
        try #require(await #expect(throws: FetchError.self) { try await state(answer, status: status) })
    }

    private struct Unexpected: Error {
        var state: FetchState<Picture>
    }
}
