import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

extension TaskClient {
    /// Returns a client that uses URLSession without FetchKit.
    static func urlSession(_ request: PollRequest) -> Self {
        let configuration = URLSessionConfiguration.ephemeral
        // With the default of six, most requests would be queued for a connection.
        configuration.httpMaximumConnectionsPerHost = 256
        let session = URLSession(configuration: configuration)
        let body = Data(PollRequest.body.utf8)
        return Self { job in
            guard let url = URL(string: request.url(of: job)) else { throw URLError(.badURL) }
            var poll = URLRequest(url: url)
            poll.httpMethod = "POST"
            poll.setValue("application/json", forHTTPHeaderField: "Content-Type")
            poll.httpBody = body
            let (data, response) = try await session.data(for: poll)
            try PollDecoding.check(data, status: (response as? HTTPURLResponse)?.statusCode ?? 0)
        }
    }
}
