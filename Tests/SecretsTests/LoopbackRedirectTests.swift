import FetchCore
import FetchCurl
import FetchTesting
import FetchURLSession
import Foundation
import Testing

/// Tests of a 303 whose `Location` is relative, over a socket.
@Suite("Relative redirects of loopback servers") struct LoopbackRedirectTests {
    /// An endpoint whose finished jobs redirect to their result.
    private struct Redirecting: FetchEndpoint, Hashable {
        let name: EndpointName = "example.redirecting"
        let provider: ProviderID = "example"
        let baseURL = URL(string: "https://api.example.com/v1")!
        let method = RequestMethod.get
        let path: PathTemplate = "jobs/{id}/status"
        let authorization = Authorization.bearer

        func answer(to id: Int, from response: FetchResponse) throws -> FetchAnswer<Artifact> {
            guard response.status == 303 else {
                try response.requireSuccess()
                return .pending
            }
            return .followUp(FollowUp(.url(try response.location)) { .succeeded(try Artifact($0)) })
        }
    }

    @Test(
        arguments: ["../../results/7?part=1", "/v1/results/7?part=1", "//{host}/v1/results/7?part=1"],
        ["curl", "URLSession"]
    )
    func `a 303 with a relative Location leads to the result`(location: String, transport: String) async throws {
        let film = FetchResponse(status: 200, headers: ["Content-Type": "video/mp4"], body: Data("film".utf8))
        let received = ScriptedTransport([
            .init { request in
                let host = request.headers["Host"] ?? ""
                let location = location.replacing("{host}", with: host)
                return FetchResponse(status: 303, headers: ["Location": location])
            },
            .response(film),
        ])
        let server = try LoopbackServer(serving: received)
        defer { server.stop() }
        let client = FetchClient(
            transport: transport == "curl" ? try CurlTransport() : URLSessionTransport(),
            credentials: .fixed(["example": APIKey("sk-canary-0123456789")]),
            configuration: FetchClient.Configuration(
                policy: PollingPolicy(requestTimeout: .seconds(3_600)),
                origins: ["example": server.origin]
            )
        )
        let state = try await client.fetch(Redirecting(), id: 7)
        #expect(state == .succeeded(Artifact(.data(Data("film".utf8)), mediaType: "video/mp4")))
        #expect(received.requests.map { $0.url.path() } == ["/v1/jobs/7/status", "/v1/results/7"])
        #expect(received.requests.last?.url.query() == "part=1")
        #expect(received.requests.allSatisfy { $0.headers["Authorization"] == "Bearer sk-canary-0123456789" })
    }
}
