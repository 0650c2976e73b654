import FetchCore
import FetchCurl
import FetchURLSession
import Foundation
import ModelsLab
import ModelsLabVideo

extension TaskClient {
    /// Returns a client that uses FetchKit's curl transport without `FetchClient`.
    static func curlTransport(_ request: PollRequest) throws -> Self {
        let transport = try manyConnections
        return Self { job in
            guard let url = URL(string: request.url(of: job)) else {
                throw LoadFailure("The URL of job \(job) is invalid.")
            }
            let response = try await transport.send(
                FetchRequest(
                    method: .post,
                    url: url,
                    headers: ["Content-Type": "application/json", "Accept": "*/*"],
                    body: Data(PollRequest.body.utf8),
                    timeout: .seconds(30),
                    responseLimit: 32 << 20
                )
            )
            try PollDecoding.check(response.body, status: response.status)
        }
    }

    /// Returns a client that uses `FetchClient` over the curl transport.
    static func fetchKitCurl(_ request: PollRequest) throws -> Self {
        try fetchKit(request, over: manyConnections)
    }

    /// A transport with the same connection limit as the other clients.
    private static var manyConnections: CurlTransport {
        get throws { try CurlTransport(.init(connectionsPerHost: 256)) }
    }

    /// Returns a client that uses `FetchClient` over URLSession.
    static func fetchKitURLSession(_ request: PollRequest) throws -> Self {
        try fetchKit(request, over: URLSessionTransport())
    }

    /// Returns a client that calls `FetchClient.fetch` for a ModelsLab video.
    private static func fetchKit(_ request: PollRequest, over transport: some FetchTransport) throws -> Self {
        let client = FetchClient(
            transport: transport,
            credentials: .fixed([.modelsLab: APIKey(PollRequest.key)]),
            configuration: FetchClient.Configuration(
                // With the default of 32, larger loads would measure the time in the client's queue.
                limits: FetchLimits(requestsInFlight: 1_000),
                origins: [.modelsLab: try Origin(of: request.server)]
            )
        )
        let endpoint = ModelsLabVideoEndpoint()
        return Self { job in
            guard case .pending(let progress) = try await client.fetch(endpoint, id: job),
                progress.eta == .seconds(12.5)
            else { throw FetchError(.malformedResponse, "unexpected response") }
        }
    }
}
