import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// The request as a program without FetchKit makes it.
struct BareSession: Sendable {
    private let session: URLSession
    private let base: URL

    init(server: URL, connections: Int) {
        let configuration = URLSessionConfiguration.ephemeral
        // As many as FetchURLSession has, and not the six that are usual: both sides have to stand in the same queue.
        configuration.httpMaximumConnectionsPerHost = max(connections, 64)
        session = URLSession(configuration: configuration)
        base = server
    }

    func ask(_ id: Int) async throws {
        var request = URLRequest(url: base.appending(path: "video/fetch/\(id)"))
        request.setValue("Bearer \(benchmarkKey)", forHTTPHeaderField: "Authorization")
        let (data, response) = try await session.data(for: request)
        guard (response as? HTTPURLResponse)?.statusCode == 200 else { throw URLError(.badServerResponse) }
        let answer = try JSONDecoder().decode(PollAnswer.self, from: data)
        guard answer.status == "processing" else { throw URLError(.cannotParseResponse) }
    }
}
