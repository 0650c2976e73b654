import FetchCore
import FetchCurl
import FetchTesting
import FetchURLSession
import Foundation
import Testing

/// Two servers of this machine are two origins: what the second hears when the first points to it.
struct RealOriginsTests {
    private static let key = "sk-canary-0123456789"

    /// Two servers, the first of which answers with a redirect, or with a body that names the second.
    private func servers(status: Int) throws -> (home: LoopbackServer, away: LoopbackServer, heard: ScriptedTransport) {
        let heard = ScriptedTransport([.json(#"{"status":"done"}"#)])
        let away = try LoopbackServer(serving: heard)
        let url = away.url.appending(path: "v1/talk/2").absoluteString
        let answer = ScriptedTransport.Step.json(#"{"url":"\#(url)"}"#, status: status, headers: ["Location": url])
        return (try LoopbackServer(serving: ScriptedTransport([answer])), away, heard)
    }

    /// The transports of the library, by name.
    enum Carrier: CaseIterable {
        case curl, urlSession
    }

    private func client(_ home: LoopbackServer, _ carrier: Carrier) throws -> FetchClient {
        FetchClient(
            transport: carrier == .curl ? try CurlTransport() : URLSessionTransport(),
            credentials: .fixed(["example": APIKey(Self.key)]),
            policy: PollingPolicy(requestTimeout: .seconds(3600)),
            origins: ["example": home.origin]
        )
    }

    @Test(arguments: [301, 302, 303, 307, 308], Carrier.allCases)
    func `The server that a redirect names is never asked`(status: Int, carrier: Carrier) async throws {
        let (home, away, heard) = try servers(status: status)
        defer { [home, away].forEach { $0.stop() } }
        let endpoint = PointedEndpoint<Int>(way: .bearer, follows: .withKey)
        let error = await #expect(throws: FetchError.self) { try await client(home, carrier).fetch(endpoint, id: 1) }
        #expect(error?.code == .redirected)
        #expect(heard.requests.isEmpty)
    }

    @Test(arguments: Carrier.allCases)
    func `The server that a follow-up names is asked without the key, or never`(carrier: Carrier) async throws {
        let (home, away, heard) = try servers(status: 200)
        defer { [home, away].forEach { $0.stop() } }
        let withKey = PointedEndpoint<Int>(way: .bearer, follows: .withKey)
        let error = await #expect(throws: FetchError.self) { try await client(home, carrier).fetch(withKey, id: 1) }
        #expect(error?.code == .refusedURL)
        #expect(heard.requests.isEmpty)
        let withoutKey = PointedEndpoint<Int>(way: .bearer, follows: .withoutKey)
        _ = try await client(home, carrier).fetch(withoutKey, id: 1)
        #expect(heard.requests.count == 1)
        #expect(heard.requests.allSatisfy { $0.headers["Authorization"] == nil && $0.url.query() == nil })
    }

    @Test(arguments: Carrier.allCases)
    func `The server that an id names is never asked`(carrier: Carrier) async throws {
        let (home, away, heard) = try servers(status: 200)
        defer { [home, away].forEach { $0.stop() } }
        let endpoint = PointedEndpoint<PollingURL>(path: "", domains: ["example.com"], way: .bearer, follows: .nothing)
        let id = try #require(PollingURL(away.url.appending(path: "v1/talk/2")))
        let error = await #expect(throws: FetchError.self) { try await client(home, carrier).fetch(endpoint, id: id) }
        #expect(error?.code == .refusedURL)
        #expect(heard.requests.isEmpty)
    }
}
