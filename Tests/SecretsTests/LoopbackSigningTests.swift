import FetchCore
import FetchCurl
import FetchTesting
import FetchURLSession
import Foundation
import TestSupport
import Testing

/// Tests of signatures and refreshed keys over real connections.
@Suite("Signatures and keys over sockets") struct LoopbackSigningTests {
    /// The transports of the library.
    enum TransportKind: CaseIterable {
        case curl, urlSession

        func make() throws -> any FetchTransport {
            switch self {
            case .curl: try CurlTransport()
            case .urlSession: URLSessionTransport()
            }
        }
    }

    private func client(
        _ server: LoopbackServer,
        _ provider: ProviderID,
        _ transport: TransportKind,
        _ credentials: Credentials
    ) throws -> FetchClient {
        FetchClient(
            transport: try transport.make(),
            credentials: credentials,
            configuration: FetchClient.Configuration(
                policy: PollingPolicy(requestTimeout: .seconds(3600)),
                origins: [provider: server.origin]
            )
        )
    }

    @Test(arguments: TransportKind.allCases)
    func `a server accepts the signature of a request that it has received`(transport: TransportKind) async throws {
        let received = ScriptedTransport([.json(#"{"users":[]}"#)])
        let server = try LoopbackServer(serving: received)
        defer { server.stop() }
        let client = try client(server, "aws", transport, .fixed(["aws": AWSEndpoint.exampleKey]))
        #expect(try await client.fetch(AWSEndpoint(), id: "ListUsers") == .succeeded(["users": []]))

        let request = try #require(received.requests.first)
        let timestamp = try #require(request.headers["X-Amz-Date"])
        let style = Date.ISO8601FormatStyle(dateSeparator: .omitted, timeSeparator: .omitted)
        // The signature of what the server has received, with the host that it has been sent.
        var signed = FetchRequest(method: request.method, url: server.url, headers: request.headers, body: request.body)
        signed.url = try #require(URL(string: "\(server.origin)/?Action=ListUsers&Version=2010-05-08"))
        let expected = try AWSSignature(
            of: signed,
            with: AWSEndpoint.exampleKey,
            at: try style.parse(timestamp),
            region: "us-east-1",
            service: "iam"
        )
        #expect(request.headers["Host"] == "\(server.origin.host):\(server.origin.port)")
        #expect(request.url.query(percentEncoded: true) == "Action=ListUsers&Version=2010-05-08")
        #expect(request.headers["Authorization"] == expected.authorization)
        #expect(request.headers.fields.count { $0.name.lowercased() == "authorization" } == 1)
    }

    @Test(arguments: TransportKind.allCases)
    func `a refused token is refreshed within a fetch`(transport: TransportKind) async throws {
        let received = ScriptedTransport([
            ScriptedTransport.Step { request in
                let isNew = request.headers["Authorization"] == "Bearer sk-canary-new"
                return FetchResponse(status: isNew ? 200 : 401, body: Data("{}".utf8))
            }
        ])
        let server = try LoopbackServer(serving: received)
        defer { server.stop() }
        let credentials = Credentials.none.overriding("example") { refused in
            APIKey(refused == nil ? "sk-canary-old" : "sk-canary-new")
        }
        let client = try client(server, "example", transport, credentials)
        #expect(try await client.fetch(ConfigurableEndpoint<Int>(), id: 1) == .succeeded([:]))
        let keys = received.requests.map { $0.headers["Authorization"] }
        #expect(keys == ["Bearer sk-canary-old", "Bearer sk-canary-new"])
    }
}
