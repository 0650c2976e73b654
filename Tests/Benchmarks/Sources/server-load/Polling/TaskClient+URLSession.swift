import FetchCore
import FetchURLSession
import Foundation
import ModelsLab
import ModelsLabVideo

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

extension TaskClient {
    /// URLSession as a program without FetchKit uses it.
    static func urlSession(_ request: PollRequest) -> Self {
        let configuration = URLSessionConfiguration.ephemeral
        // Instead of the usual six, with which most requests would wait for a connection.
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

    /// FetchKit over URLSession.
    static func fetchKitURLSession(_ request: PollRequest) throws -> Self {
        try fetchKit(request, over: URLSessionTransport())
    }

    /// `FetchClient.fetch` of a ModelsLab video.
    static func fetchKit(_ request: PollRequest, over transport: some FetchTransport) throws -> Self {
        let client = FetchClient(
            transport: transport,
            credentials: .fixed([.modelsLab: APIKey(PollRequest.key)]),
            origins: [.modelsLab: try Origin(of: request.server)],
            // Otherwise, with more than 32 in flight, the time in the client's own queue is measured too.
            limits: FetchLimits(requestsInFlight: 1_000)
        )
        let endpoint = ModelsLabVideo()
        return Self { job in
            guard case .pending(let progress) = try await client.fetch(endpoint, id: job),
                progress.eta == .seconds(12.5)
            else { throw FetchError(.malformedResponse, "unexpected response") }
        }
    }
}
