import FetchCore
import FetchURLSession
import Foundation

/// The same request made by FetchKit.
struct KitSession: Sendable {
    private let client: FetchClient
    private let endpoint: PollEndpoint

    init(server: URL) throws {
        endpoint = PollEndpoint(baseURL: server)
        client = FetchClient(
            transport: URLSessionTransport(),
            credentials: .fixed(["example": APIKey(benchmarkKey)]),
            // Otherwise what is measured beyond 32 at once is the wait for a place.
            limits: FetchLimits(requestsInFlight: 1_000)
        )
    }

    func ask(_ id: Int) async throws {
        guard case .pending = try await client.fetch(endpoint, id: id) else { throw URLError(.cannotParseResponse) }
    }
}
