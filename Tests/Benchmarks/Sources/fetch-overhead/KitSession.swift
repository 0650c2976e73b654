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
            credentials: .fixed(["example": APIKey(benchmarkKey)])
        )
    }

    func ask(_ id: Int) async throws {
        guard case .pending = try await client.fetch(endpoint, id: id) else { throw URLError(.cannotParseResponse) }
    }
}
