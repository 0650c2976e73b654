import FetchCore
import FetchTesting
import Foundation
import ModelsLab
import Testing

/// A family without a module of its own in FetchKit, declared as documented.
struct Interior: ModelsLabEndpoint {
    typealias ID = Int64
    let name: EndpointName = "modelslab.interior"
    let path: PathTemplate = "interior/fetch/{id}"
}

extension Interior {
    typealias Picture = Generation<[String: JSONValue]>

    /// Returns the state of a job whose polling response has this body.
    static func state(_ body: String, status: Int = 200) async throws -> FetchState<Picture> {
        let client = FetchClient(
            transport: ScriptedTransport([.json(body, status: status)]),
            credentials: .fixed([.modelsLab: APIKey("test-key")]),
            configuration: FetchClient.Configuration(policy: PollingPolicy(requestTimeout: .seconds(3600)))
        )
        return try await client.fetch(Interior(), id: 67_545)
    }

    static func progress(_ body: String, status: Int = 200) async throws -> JobProgress {
        let state = try await state(body, status: status)
        guard case .pending(let progress) = state else { throw UnexpectedState(state: state) }
        return progress
    }

    static func picture(_ body: String, status: Int = 200) async throws -> Picture {
        let state = try await state(body, status: status)
        guard case .succeeded(let picture) = state else { throw UnexpectedState(state: state) }
        return picture
    }

    static func failure(_ body: String, status: Int = 200) async throws -> JobFailure {
        let state = try await state(body, status: status)
        guard case .failed(let failure) = state else { throw UnexpectedState(state: state) }
        return failure
    }

    static func error(_ body: String, status: Int = 200) async throws -> FetchError {
        try #require(await #expect(throws: FetchError.self) { try await state(body, status: status) })
    }

    private struct UnexpectedState: Error {
        var state: FetchState<Picture>
    }
}
