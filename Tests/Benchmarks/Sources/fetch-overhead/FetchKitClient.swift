import FetchCore
import FetchURLSession
import Foundation

/// A poll with FetchKit over URLSession.
struct FetchKitClient: Sendable {
    private let client: FetchClient
    private let endpoint: PollEndpoint

    init(server: URL) throws {
        endpoint = PollEndpoint(baseURL: server)
        client = FetchClient(
            transport: URLSessionTransport(),
            credentials: .fixed(["example": APIKey(benchmarkKey)]),
            // With the default of 32, larger loads would measure the time in the client's queue.
            configuration: FetchClient.Configuration(limits: FetchLimits(requestsInFlight: 1_000))
        )
    }

    func poll(_ id: Int) async throws {
        guard case .pending = try await client.fetch(endpoint, id: id) else { throw URLError(.cannotParseResponse) }
    }
}
