import FetchCore
import FetchCurl
import FetchURLSession
import ModelsLab
import ModelsLabVideo

extension TaskClient {
    /// FetchKit over libcurl, with as many connections as the other clients may have.
    static func fetchKitCurl(_ request: PollRequest) throws -> Self {
        try fetchKit(request, over: CurlTransport(.init(connectionsPerHost: 256)))
    }

    /// FetchKit over URLSession.
    static func fetchKitURLSession(_ request: PollRequest) throws -> Self {
        try fetchKit(request, over: URLSessionTransport())
    }

    /// `FetchClient.fetch` of a ModelsLab video.
    private static func fetchKit(_ request: PollRequest, over transport: some FetchTransport) throws -> Self {
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
