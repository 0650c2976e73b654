import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A poll with URLSession, without FetchKit.
struct URLSessionClient: Sendable {
    private let session: URLSession
    private let base: URL

    init(server: URL, connections: Int) {
        let configuration = URLSessionConfiguration.ephemeral
        // The same limit as in FetchURLSession, instead of the default of six, so that both clients queue equally.
        configuration.httpMaximumConnectionsPerHost = max(connections, 64)
        session = URLSession(configuration: configuration)
        base = server
    }

    func poll(_ id: Int) async throws {
        var request = URLRequest(url: base.appending(path: "video/fetch/\(id)"))
        request.setValue("Bearer \(benchmarkKey)", forHTTPHeaderField: "Authorization")
        let (data, response) = try await session.data(for: request)
        guard (response as? HTTPURLResponse)?.statusCode == 200 else { throw URLError(.badServerResponse) }
        let poll = try JSONDecoder().decode(PollResponse.self, from: data)
        guard poll.status == "processing" else { throw URLError(.cannotParseResponse) }
    }
}
