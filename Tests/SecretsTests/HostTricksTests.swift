import FetchCore
import FetchManifest
import Foundation
import ModelsLab
import ModelsLabVideo
import Testing

/// However a URL comes in, the key goes to its provider's origin and domains and to nobody else.
struct HostTricksTests {
    private static let key = "sk-canary-0123456789"
    private static let origin = "https://api.example.com"

    /// A ledger whose first answer to `/talk/1` points to the URL in each way that is known.
    private func ledger(pointingTo trick: HostTrick, status: Int = 200) throws -> KeyLedger {
        let members: [String: JSONValue] = [
            "status": "elsewhere", "url": .string(trick.text), "fetch_result": .string(trick.text),
            "polling_url": .string(trick.text), "output": [.string(trick.text)],
        ]
        let first = FetchResponse(
            status: status,
            headers: ["Location": trick.text, "Refresh": "0; url=\(trick.text)", "Link": "<\(trick.text)>; rel=next"],
            body: try JSONEncoder().encode(members)
        )
        let second = FetchResponse(status: 200, body: Data(#"{"status":"done"}"#.utf8))
        return KeyLedger(key: Self.key) { $0.url.path().hasSuffix("/1") ? first : second }
    }

    private func client(_ ledger: KeyLedger, _ registry: EndpointRegistry = EndpointRegistry()) -> FetchClient {
        FetchClient(
            registry: registry,
            transport: ledger,
            credentials: .fixed(["example": APIKey(Self.key), "modelslab": APIKey(Self.key)]),
            policy: PollingPolicy(requestTimeout: .seconds(3600))
        )
    }

    @Test(arguments: HostTrick.elsewhere)
    func `A redirect takes the key nowhere`(trick: HostTrick) async throws {
        for status in [301, 302, 303, 307, 308, 300, 201] {
            let ledger = try ledger(pointingTo: trick, status: status)
            _ = try? await client(ledger).fetch(PointedEndpoint<Int>(way: .bearer, follows: .nothing), id: 1)
            #expect(ledger.entries == [.init(authority: Self.origin, hasKey: true)])
        }
    }

    @Test(arguments: HostTrick.elsewhere, [Authorization.bearer, .query("key"), .jsonBody("key")])
    func `A follow-up takes the key nowhere`(trick: HostTrick, way: Authorization) async throws {
        for follows in [PointedEndpoint<Int>.Follows.withKey, .withoutKey] {
            for domains in [[], ["example.com"]] {
                let ledger = try ledger(pointingTo: trick)
                let endpoint = PointedEndpoint<Int>(domains: domains, way: way, follows: follows)
                _ = try? await client(ledger).fetch(endpoint, id: 1)
                #expect(ledger.keyHolders == [Self.origin])
            }
        }
    }

    @Test(arguments: HostTrick.elsewhere)
    func `An id that is a URL takes the key nowhere`(trick: HostTrick) async throws {
        let ledger = try ledger(pointingTo: trick)
        for domains in [[], ["example.com"]] {
            let endpoint = PointedEndpoint<PollingURL>(path: "", domains: domains, way: .bearer, follows: .nothing)
            let client = client(ledger, try EndpointRegistry(endpoint))
            if let id = PollingURL(trick.text) { _ = try? await client.fetch(endpoint, id: id) }
            if let id = trick.url.flatMap({ PollingURL($0) }) { _ = try? await client.fetch(endpoint, id: id) }
            if let job = try? JobReference(endpoint: "example.pointed", id: trick.text) {
                _ = try? await client.fetch(job)
            }
        }
        #expect(ledger.entries.isEmpty)
    }

    @Test(arguments: HostTrick.elsewhere)
    func `A registry knows no job of a URL that leads elsewhere`(trick: HostTrick) async throws {
        guard let url = trick.url else { return }
        let registry = try EndpointRegistry(
            PointedEndpoint<Int>(way: .bearer, follows: .nothing),
            PointedEndpoint<PollingURL>(
                name: "example.urls",
                path: "talk/{id}",
                domains: ["example.com"],
                way: .bearer,
                follows: .nothing
            )
        )
        #expect(registry.reference(for: url) == nil)
    }

    @Test(arguments: HostTrick.elsewhere)
    func `An id that looks like a URL stays in its place`(trick: HostTrick) async throws {
        let ledger = try ledger(pointingTo: trick)
        for path in ["talk/{id}", "{+id}", "talk?id={id}", "{id}"] as [PathTemplate] {
            let endpoint = PointedEndpoint<String>(path: path, way: .bearer, follows: .nothing)
            _ = try? await client(ledger).fetch(endpoint, id: trick.text)
            _ = try? await client(ledger).fetch(endpoint, id: String(trick.text.drop { $0 != "/" }))
            _ = try? await client(ledger).fetch(endpoint, id: "@\(trick.text.dropFirst("https://".count))")
        }
        #expect(ledger.keyHolders.isSubset(of: [Self.origin]))
    }

    @Test(arguments: HostTrick.elsewhere)
    func `A manifest's jobs take the key nowhere`(trick: HostTrick) async throws {
        for key in [#"{"header": "X-Key"}"#, #"{"query": "key"}"#] {
            for follow in [#""url": "url""#, #""url": "url", "key": "none""#] {
                let document = """
                    {"manifest": 1, "name": "example.pointed", "provider": "example", "baseURL": "\(Self.origin)/v1",
                     "domains": ["example.com"], "method": "GET", "path": "talk/{id}", "key": \(key),
                     "status": {"at": "status", "succeeded": ["elsewhere"], "failed": ["failed"]},
                     "followUp": {\(follow), "outputs": [{"at": "status", "as": "text"}]}}
                    """
                let ledger = try ledger(pointingTo: trick)
                let manifest = try EndpointManifest(Data(document.utf8), file: "example.json")
                _ = try? await client(ledger, try EndpointRegistry(manifest)).fetch(JobReference("example.pointed:1"))
                #expect(ledger.keyHolders == [Self.origin])
            }
        }
    }

    @Test(arguments: HostTrick.elsewhere)
    func `A provider's key follows its own origin override, and no URL from elsewhere`(trick: HostTrick) async throws {
        let ledger = try ledger(pointingTo: trick)
        let proxy = try Origin(of: try #require(URL(string: "https://proxy.example.net")))
        let client = FetchClient(
            transport: ledger,
            credentials: .fixed(["example": APIKey(Self.key)]),
            policy: PollingPolicy(requestTimeout: .seconds(3600)),
            origins: ["example": proxy]
        )
        let follower = PointedEndpoint<Int>(domains: ["example.com"], way: .bearer, follows: .withKey)
        _ = try? await client.fetch(follower, id: 1)
        let urls = PointedEndpoint<PollingURL>(path: "", domains: ["example.com"], way: .bearer, follows: .nothing)
        if let id = PollingURL(trick.text) { _ = try? await client.fetch(urls, id: id) }
        #expect(ledger.keyHolders == ["https://proxy.example.net"])
    }

    @Test(arguments: HostTrick.elsewhere + HostTrick.home)
    func `An override is asked at the host that its text names, or can't be made`(trick: HostTrick) async throws {
        guard let url = trick.url, let origin = try? Origin(of: url) else { return }
        let ledger = try ledger(pointingTo: trick)
        let client = FetchClient(
            transport: ledger,
            credentials: .fixed(["example": APIKey(Self.key)]),
            policy: PollingPolicy(requestTimeout: .seconds(3600)),
            origins: ["example": origin]
        )
        _ = try? await client.fetch(PointedEndpoint<Int>(way: .bearer, follows: .nothing), id: 1)
        #expect(ledger.entries.allSatisfy { $0.authority == KeyLedger.authority(of: url.absoluteString) })
    }

    @Test(arguments: HostTrick.home)
    func `The origin itself is asked with the key, however it is written`(trick: HostTrick) async throws {
        let ledger = try ledger(pointingTo: trick)
        let follower = PointedEndpoint<Int>(way: .bearer, follows: .withKey)
        _ = try await client(ledger).fetch(follower, id: 1)
        let urls = PointedEndpoint<PollingURL>(path: "", way: .bearer, follows: .nothing)
        _ = try await client(ledger).fetch(urls, id: try #require(PollingURL(trick.text)))
        #expect(ledger.entries == Array(repeating: .init(authority: Self.origin, hasKey: true), count: 3))
    }

    @Test(arguments: HostTrick.below)
    func `A domain that the endpoint names is asked with the key`(trick: HostTrick) async throws {
        let ledger = try ledger(pointingTo: trick)
        let endpoint = PointedEndpoint<Int>(domains: ["example.com"], way: .bearer, follows: .withKey)
        _ = try await client(ledger).fetch(endpoint, id: 1)
        #expect(ledger.entries.map(\.hasKey) == [true, true])
        #expect(ledger.entries.last?.authority.hasSuffix("example.com") == true)
        let closed = try self.ledger(pointingTo: trick)
        await #expect(throws: FetchError.self) {
            try await client(closed).fetch(PointedEndpoint<Int>(way: .bearer, follows: .withKey), id: 1)
        }
    }

    @Test(arguments: HostTrick.elsewhere)
    func `A fetch_result that leads elsewhere is nobody's job`(trick: HostTrick) async throws {
        let text = trick.text.replacing("api.example.com", with: "modelslab.com")
            .replacing("/v1/talk/2", with: "/api/v6/video/fetch/2")
        guard let url = URL(string: text) else { return }
        let registry = try EndpointRegistry(.modelsLabVideo)
        #expect(registry.reference(for: url) == nil)
    }
}
