import FetchCore
import FetchCurl
import FetchURLSession
import Foundation
import ModelsLab
import ModelsLabVideo

extension TaskClient {
    /// FetchKit's transport over libcurl without its client: what a Swift task for each request costs.
    static func curlTransport(_ request: PollRequest) throws -> Self {
        let transport = try manyConnections
        return Self { job in
            guard let url = URL(string: request.url(of: job)) else { throw LoadFailure("There is no URL of \(job).") }
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

    /// FetchKit over libcurl.
    static func fetchKitCurl(_ request: PollRequest) throws -> Self {
        try fetchKit(request, over: manyConnections)
    }

    /// A transport with as many connections as the other clients may have.
    private static var manyConnections: CurlTransport {
        get throws { try CurlTransport(.init(connectionsPerHost: 256)) }
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
        let endpoint = ModelsLabVideoEndpoint()
        return Self { job in
            guard case .pending(let progress) = try await client.fetch(endpoint, id: job),
                progress.eta == .seconds(12.5)
            else { throw FetchError(.malformedResponse, "unexpected response") }
        }
    }
}
