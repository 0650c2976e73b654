import FetchCore
import FetchCurl
import FetchTesting
import FetchURLSession
import Foundation
import Testing

/// Tests with two loopback servers, which are two origins: the first responds with a URL of the second.
@Suite("Keys and origins of loopback servers") struct LoopbackOriginTests {
    private static let key = "sk-canary-0123456789"

    /// Starts two servers. The first responds with the URL of the second, in a `Location` header and in the body.
    private func servers(status: Int) throws -> (
        first: LoopbackServer, second: LoopbackServer, received: ScriptedTransport
    ) {
        let received = ScriptedTransport([.json(#"{"status":"done"}"#)])
        let second = try LoopbackServer(serving: received)
        let url = second.url.appending(path: "v1/jobs/2").absoluteString
        let response = ScriptedTransport.Step.json(#"{"url":"\#(url)"}"#, status: status, headers: ["Location": url])
        return (try LoopbackServer(serving: ScriptedTransport([response])), second, received)
    }

    /// The transports of the library.
    enum TransportKind: CaseIterable {
        case curl, urlSession
    }

    private func client(_ server: LoopbackServer, _ transport: TransportKind) throws -> FetchClient {
        FetchClient(
            transport: transport == .curl ? try CurlTransport() : URLSessionTransport(),
            credentials: .fixed(["example": APIKey(Self.key)]),
            configuration: FetchClient.Configuration(
                policy: PollingPolicy(requestTimeout: .seconds(3600)),
                origins: ["example": server.origin]
            )
        )
    }

    @Test(arguments: [301, 302, 303, 307, 308], TransportKind.allCases)
    func `no request is sent to the target of a redirect`(status: Int, transport: TransportKind) async throws {
        let (first, second, received) = try servers(status: status)
        defer { [first, second].forEach { $0.stop() } }
        let endpoint = LinkingEndpoint<Int>(authorization: .bearer, followUpMode: .withKey)
        let error = await #expect(throws: FetchError.self) { try await client(first, transport).fetch(endpoint, id: 1) }
        #expect(error?.code == .redirected)
        #expect(received.requests.isEmpty)
    }

    @Test(arguments: TransportKind.allCases)
    func `a follow-up request to another origin is sent without the key or not at all`(transport: TransportKind)
        async throws
    {
        let (first, second, received) = try servers(status: 200)
        defer { [first, second].forEach { $0.stop() } }
        let withKey = LinkingEndpoint<Int>(authorization: .bearer, followUpMode: .withKey)
        let error = await #expect(throws: FetchError.self) { try await client(first, transport).fetch(withKey, id: 1) }
        #expect(error?.code == .refusedURL)
        #expect(received.requests.isEmpty)
        let withoutKey = LinkingEndpoint<Int>(authorization: .bearer, followUpMode: .withoutKey)
        _ = try await client(first, transport).fetch(withoutKey, id: 1)
        #expect(received.requests.count == 1)
        #expect(received.requests.allSatisfy { $0.headers["Authorization"] == nil && $0.url.query() == nil })
    }

    @Test(arguments: TransportKind.allCases)
    func `no request is sent to the URL of an ID at another origin`(transport: TransportKind) async throws {
        let (first, second, received) = try servers(status: 200)
        defer { [first, second].forEach { $0.stop() } }
        let endpoint = LinkingEndpoint<PollingURL>(
            path: "",
            domains: ["example.com"],
            authorization: .bearer,
            followUpMode: .nothing
        )
        let id = try #require(PollingURL(second.url.appending(path: "v1/jobs/2")))
        let error = await #expect(throws: FetchError.self) {
            try await client(first, transport).fetch(endpoint, id: id)
        }
        #expect(error?.code == .refusedURL)
        #expect(received.requests.isEmpty)
    }
}
