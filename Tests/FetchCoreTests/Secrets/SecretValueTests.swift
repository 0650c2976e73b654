import FetchCore
import FetchTesting
import Foundation
import SecretSearch
import Testing

/// Values that hold a key show it to nobody who prints, dumps, reflects or encodes them.
struct SecretValueTests {
    private struct Settings {
        var name = "production"
        var keys: [ProviderID: APIKey]
        var key: APIKey?
    }

    @Test(arguments: Canary.all)
    func `A key hides itself wherever it is kept`(canary: Canary) {
        let key = APIKey(canary.key)
        let values: [Any] = [
            key, [key], ["key": key], Optional(key) as Any, Settings(keys: ["example": key], key: key),
            Result<APIKey, FetchError>.success(key),
        ]
        for value in values { #expect(!Disclosure(of: value).shows(canary.key)) }
        #expect("\(key)" == "[redacted]")
        #expect(key.secret == canary.key)
        #expect(!((key as Any) is any Encodable))
    }

    @Test(arguments: Canary.all)
    func `Credentials hide their keys`(canary: Canary) {
        let values: [Credentials] = [
            .fixed(["example": APIKey(canary.key)]),
            .environment(["EXAMPLE_API_KEY": canary.key]),
            .dynamic { _ in APIKey(canary.key) },
        ]
        for value in values { #expect(!Disclosure(of: value).shows(canary.key)) }
    }

    @Test(arguments: Canary.all, Canary.ways)
    func `A request hides the key that it carries`(canary: Canary, way: Authorization) async throws {
        let endpoint = ShapedEndpoint<Int>(authorization: way)
        let sent = try await endpoint.requests(for: 42, credentials: .fixed(["example": APIKey(canary.key)]))
        let request = try #require(sent.first)
        #expect(!Disclosure(of: request).shows(canary.key))
        #expect("\(request)" == "POST https://api.example.com/v1/fetch/42")
        // It does carry it.
        let parts: [Any] = [request.url, request.headers.fields.map(\.value), request.body as Any]
        #expect(parts.contains { Disclosure(of: $0).shows(canary.key) })
    }

    @Test(arguments: Canary.all)
    func `Clients, registries and waits hide the keys that they use`(canary: Canary) async throws {
        let endpoint = ShapedEndpoint<Int>(read: { _ in .pending })
        let registry = try EndpointRegistry(endpoint)
        let transport = ScriptedTransport([.json("{}")])
        let client = FetchClient(
            asking: transport,
            registry: registry,
            credentials: .fixed(["example": APIKey(canary.key)])
        )
        let job = try JobReference("example.jobs:42")
        let updates = client.updates(job)
        var iterator = updates.makeAsyncIterator()
        let update = try #require(try await iterator.next())
        #expect(transport.requests.first?.headers["Authorization"] == "Bearer " + canary.key)
        let values: [Any] = [endpoint, registry, client, job, updates, iterator, update]
        for value in values { #expect(!Disclosure(of: value).shows(canary.key)) }
    }

    @Test func `The sweep finds a key that isn't hidden`() {
        struct Careless: Error, Encodable {
            var nested: [String: [String]]
        }
        for canary in Canary.all {
            for spelling in Spelling.all {
                let value = Careless(nested: ["a": ["x\(spelling.write(canary.key))x"]])
                #expect(Disclosure(of: value).shows(canary.key))
                #expect(Disclosure(of: Data(spelling.write(canary.key).utf8)).shows(canary.key))
            }
        }
    }

    static let malformed = [
        "sk-canary-0123456789\n", "sk-canary-0123456789 x", "Bearer sk-canary-0123456789", "sk-canary-0123456789ü",
    ]

    @Test(arguments: malformed)
    func `A key that can't be sent isn't quoted`(key: String) async throws {
        for credentials in [
            Credentials.fixed(["example": APIKey(key)]), .environment(["EXAMPLE_API_KEY": key]),
            .dynamic { _ in APIKey(key) },
        ] {
            let error = try await ShapedEndpoint<Int>().refusal(of: 42, credentials: credentials)
            #expect(error.code == .malformedKey)
            #expect(!Disclosure(of: error).shows("sk-canary-0123456789"))
        }
    }

    @Test func `Credentials that fail aren't quoted`() async throws {
        let failing = Credentials.dynamic { _ in
            throw NSError(domain: "sk-canary-0123456789", code: 1, userInfo: ["key": "sk-canary-0123456789"])
        }
        let error = try await ShapedEndpoint<Int>().refusal(of: 42, credentials: failing)
        #expect(error.code == .credentialsUnavailable)
        #expect(!Disclosure(of: error).shows("sk-canary-0123456789"))
    }

    @Test(arguments: [
        "https://u:sk-canary-0123456789@api.example.com/v1", "https://sk-canary-0123456789@api.example.com/v1",
        "https://api.example.com/v1?key=sk-canary-0123456789", "https://api.example.com/v1#sk-canary-0123456789",
        "http://api.example.com?sk-canary-0123456789", "ftp://u:sk-canary-0123456789@api.example.com",
    ])
    func `A key that someone wrote into a base URL isn't quoted`(base: String) async throws {
        let endpoint = ShapedEndpoint<Int>(baseURL: URL(string: base)!)
        let error = try await endpoint.refusal(of: 42)
        #expect(error.code == .refusedURL)
        #expect(!Disclosure(of: error).shows("sk-canary-0123456789"))
        let refused = #expect(throws: FetchError.self) { try EndpointRegistry(endpoint) }
        #expect(!Disclosure(of: try #require(refused)).shows("sk-canary-0123456789"))
    }

    @Test func `A job reference is its name and its id`() throws {
        let job = try JobReference("example.jobs:42")
        let dumped = Disclosure(of: job).texts.joined()
        #expect(String(decoding: try JSONEncoder().encode(job), as: UTF8.self) == #""example.jobs:42""#)
        #expect(Mirror(reflecting: job).children.map(\.label) == ["endpoint", "id"])
        #expect(!dumped.contains("secret"))
    }
}
