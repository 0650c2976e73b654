import FetchCore
import FetchManifest
import Foundation
import ModelsLab
import ModelsLabVideo
import Testing

/// Tests that no URL from a response, an ID or a manifest sends the key to an origin other than the provider's.
@Suite("Spoofed URLs") struct SpoofedURLTests {
    private static let key = "sk-canary-0123456789"
    private static let origin = "https://api.example.com"

    /// Returns a transport whose first response contains the URL in every known header and member.
    private func transport(linkingTo spoofed: SpoofedURL, status: Int = 200) throws -> KeyRecordingTransport {
        let members: [String: JSONValue] = [
            "status": "followUp", "url": .string(spoofed.text), "fetch_result": .string(spoofed.text),
            "polling_url": .string(spoofed.text), "output": [.string(spoofed.text)],
        ]
        let first = FetchResponse(
            status: status,
            headers: [
                "Location": spoofed.text, "Refresh": "0; url=\(spoofed.text)", "Link": "<\(spoofed.text)>; rel=next",
            ],
            body: try JSONEncoder().encode(members)
        )
        let second = FetchResponse(status: 200, body: Data(#"{"status":"done"}"#.utf8))
        return KeyRecordingTransport(key: Self.key) { $0.url.path().hasSuffix("/1") ? first : second }
    }

    private func client(_ transport: KeyRecordingTransport, _ registry: EndpointRegistry = EndpointRegistry())
        -> FetchClient
    {
        FetchClient(
            registry: registry,
            transport: transport,
            credentials: .fixed(["example": APIKey(Self.key), "modelslab": APIKey(Self.key)]),
            configuration: FetchClient.Configuration(policy: PollingPolicy(requestTimeout: .seconds(3600)))
        )
    }

    @Test(arguments: SpoofedURL.foreign)
    func `a redirect sends the key to no other origin`(spoofed: SpoofedURL) async throws {
        for status in [301, 302, 303, 307, 308, 300, 201] {
            let transport = try transport(linkingTo: spoofed, status: status)
            _ = try? await client(transport).fetch(
                LinkingEndpoint<Int>(authorization: .bearer, followUpMode: .nothing),
                id: 1
            )
            #expect(transport.entries == [.init(authority: Self.origin, hasKey: true)])
        }
    }

    @Test(arguments: SpoofedURL.foreign, [Authorization.bearer, .query("key"), .jsonBody("key")])
    func `a follow-up request sends the key to no other origin`(spoofed: SpoofedURL, authorization: Authorization)
        async throws
    {
        for followUpMode in [LinkingEndpoint<Int>.FollowUpMode.withKey, .withoutKey] {
            for domains in [[], ["example.com"]] {
                let transport = try transport(linkingTo: spoofed)
                let endpoint = LinkingEndpoint<Int>(
                    domains: domains,
                    authorization: authorization,
                    followUpMode: followUpMode
                )
                _ = try? await client(transport).fetch(endpoint, id: 1)
                #expect(transport.keyHolders == [Self.origin])
            }
        }
    }

    @Test(arguments: SpoofedURL.foreign)
    func `an ID that is a URL sends the key to no other origin`(spoofed: SpoofedURL) async throws {
        let transport = try transport(linkingTo: spoofed)
        for domains in [[], ["example.com"]] {
            let endpoint = LinkingEndpoint<PollingURL>(
                path: "",
                domains: domains,
                authorization: .bearer,
                followUpMode: .nothing
            )
            let client = client(transport, try EndpointRegistry(endpoint))
            if let id = PollingURL(spoofed.text) { _ = try? await client.fetch(endpoint, id: id) }
            if let id = spoofed.url.flatMap({ PollingURL($0) }) { _ = try? await client.fetch(endpoint, id: id) }
            if let job = try? JobReference(endpoint: "example.linking", id: spoofed.text) {
                _ = try? await client.fetch(job)
            }
        }
        #expect(transport.entries.isEmpty)
    }

    @Test(arguments: SpoofedURL.foreign)
    func `a registry finds no job for a URL of another origin`(spoofed: SpoofedURL) async throws {
        guard let url = spoofed.url else { return }
        let registry = try EndpointRegistry(
            LinkingEndpoint<Int>(authorization: .bearer, followUpMode: .nothing),
            LinkingEndpoint<PollingURL>(
                name: "example.urls",
                path: "jobs/{id}",
                domains: ["example.com"],
                authorization: .bearer,
                followUpMode: .nothing
            )
        )
        #expect(registry.reference(for: url) == nil)
    }

    @Test(arguments: SpoofedURL.foreign)
    func `an ID that looks like a URL stays in its placeholder`(spoofed: SpoofedURL) async throws {
        let transport = try transport(linkingTo: spoofed)
        for path in ["jobs/{id}", "{+id}", "jobs?id={id}", "{id}"] as [PathTemplate] {
            let endpoint = LinkingEndpoint<String>(path: path, authorization: .bearer, followUpMode: .nothing)
            _ = try? await client(transport).fetch(endpoint, id: spoofed.text)
            _ = try? await client(transport).fetch(endpoint, id: String(spoofed.text.drop { $0 != "/" }))
            _ = try? await client(transport).fetch(endpoint, id: "@\(spoofed.text.dropFirst("https://".count))")
        }
        #expect(transport.keyHolders.isSubset(of: [Self.origin]))
    }

    @Test(arguments: SpoofedURL.foreign)
    func `the jobs of a manifest send the key to no other origin`(spoofed: SpoofedURL) async throws {
        for key in [#"{"header": "X-Key"}"#, #"{"query": "key"}"#] {
            for follow in [#""url": "url""#, #""url": "url", "key": "none""#] {
                let document = """
                    {"manifest": 1, "name": "example.linking", "provider": "example", "baseURL": "\(Self.origin)/v1",
                     "domains": ["example.com"], "method": "GET", "path": "jobs/{id}", "key": \(key),
                     "status": {"at": "status", "succeeded": ["followUp"], "failed": ["failed"]},
                     "followUp": {\(follow), "outputs": [{"at": "status", "as": "text"}]}}
                    """
                let transport = try transport(linkingTo: spoofed)
                let manifest = try EndpointManifest(Data(document.utf8), file: "example.json")
                _ = try? await client(transport, try EndpointRegistry(manifest)).fetch(
                    JobReference("example.linking:1")
                )
                #expect(transport.keyHolders == [Self.origin])
            }
        }
    }

    @Test(arguments: SpoofedURL.foreign)
    func `the key is sent to the overridden origin and to no spoofed URL`(spoofed: SpoofedURL) async throws {
        let transport = try transport(linkingTo: spoofed)
        let proxy = try Origin(of: try #require(URL(string: "https://proxy.example.net")))
        let client = FetchClient(
            transport: transport,
            credentials: .fixed(["example": APIKey(Self.key)]),
            configuration: FetchClient.Configuration(
                policy: PollingPolicy(requestTimeout: .seconds(3600)),
                origins: ["example": proxy]
            )
        )
        let following = LinkingEndpoint<Int>(domains: ["example.com"], authorization: .bearer, followUpMode: .withKey)
        _ = try? await client.fetch(following, id: 1)
        let urls = LinkingEndpoint<PollingURL>(
            path: "",
            domains: ["example.com"],
            authorization: .bearer,
            followUpMode: .nothing
        )
        if let id = PollingURL(spoofed.text) { _ = try? await client.fetch(urls, id: id) }
        #expect(transport.keyHolders == ["https://proxy.example.net"])
    }

    @Test(arguments: SpoofedURL.foreign + SpoofedURL.sameOrigin)
    func `an override sends requests to the host in its URL, or is refused`(spoofed: SpoofedURL) async throws {
        guard let url = spoofed.url, let origin = try? Origin(of: url) else { return }
        let transport = try transport(linkingTo: spoofed)
        let client = FetchClient(
            transport: transport,
            credentials: .fixed(["example": APIKey(Self.key)]),
            configuration: FetchClient.Configuration(
                policy: PollingPolicy(requestTimeout: .seconds(3600)),
                origins: ["example": origin]
            )
        )
        _ = try? await client.fetch(LinkingEndpoint<Int>(authorization: .bearer, followUpMode: .nothing), id: 1)
        #expect(
            transport.entries.allSatisfy { $0.authority == KeyRecordingTransport.authority(of: url.absoluteString) }
        )
    }

    @Test(arguments: SpoofedURL.sameOrigin)
    func `the provider's own origin is sent the key, in every notation`(spoofed: SpoofedURL) async throws {
        let transport = try transport(linkingTo: spoofed)
        let following = LinkingEndpoint<Int>(authorization: .bearer, followUpMode: .withKey)
        _ = try await client(transport).fetch(following, id: 1)
        let urls = LinkingEndpoint<PollingURL>(path: "", authorization: .bearer, followUpMode: .nothing)
        _ = try await client(transport).fetch(urls, id: try #require(PollingURL(spoofed.text)))
        #expect(transport.entries == Array(repeating: .init(authority: Self.origin, hasKey: true), count: 3))
    }

    @Test(arguments: SpoofedURL.subdomains)
    func `a declared domain of the endpoint is sent the key`(spoofed: SpoofedURL) async throws {
        let transport = try transport(linkingTo: spoofed)
        let endpoint = LinkingEndpoint<Int>(domains: ["example.com"], authorization: .bearer, followUpMode: .withKey)
        _ = try await client(transport).fetch(endpoint, id: 1)
        #expect(transport.entries.map(\.hasKey) == [true, true])
        #expect(transport.entries.last?.authority.hasSuffix("example.com") == true)
        let closed = try self.transport(linkingTo: spoofed)
        await #expect(throws: FetchError.self) {
            try await client(closed).fetch(LinkingEndpoint<Int>(authorization: .bearer, followUpMode: .withKey), id: 1)
        }
    }

    @Test(arguments: SpoofedURL.foreign)
    func `a fetch_result URL of another origin is no job`(spoofed: SpoofedURL) async throws {
        let text = spoofed.text.replacing("api.example.com", with: "modelslab.com")
            .replacing("/v1/jobs/2", with: "/api/v6/video/fetch/2")
        guard let url = URL(string: text) else { return }
        let registry = try EndpointRegistry(.modelsLabVideo)
        #expect(registry.reference(for: url) == nil)
    }
}
