import FetchCore
import FetchTesting
import Foundation
import TestSupport
import Testing

/// Tests that values with a key do not show it when they are printed, dumped, reflected or encoded.
@Suite("Redaction in values that hold a key") struct SecretValueTests {
    private struct Settings {
        var name = "production"
        var keys: [ProviderID: APIKey]
        var key: APIKey?
    }

    @Test(arguments: CanaryKey.all)
    func `a key is redacted in every value that contains it`(canary: CanaryKey) {
        let key = APIKey(canary.key)
        let values: [Any] = [
            key, [key], ["key": key], Optional(key) as Any, Settings(keys: ["example": key], key: key),
            Result<APIKey, FetchError>.success(key),
        ]
        for value in values { #expect(!Disclosure(of: value).contains(canary.key)) }
        #expect("\(key)" == "[redacted]")
        #expect(key.secret == canary.key)
        #expect(!((key as Any) is any Encodable))
    }

    @Test(arguments: CanaryKey.all)
    func `credentials do not show their keys`(canary: CanaryKey) {
        let values: [Credentials] = [
            .fixed(["example": APIKey(canary.key)]),
            .environment(["EXAMPLE_API_KEY": canary.key]),
            .dynamic { _ in APIKey(canary.key) },
        ]
        for value in values { #expect(!Disclosure(of: value).contains(canary.key)) }
    }

    @Test(arguments: CanaryKey.all, CanaryKey.authorizations)
    func `the description of a request does not show the key`(canary: CanaryKey, authorization: Authorization)
        async throws
    {
        let endpoint = ConfigurableEndpoint<Int>(authorization: authorization)
        let sent = try await endpoint.requests(for: 42, credentials: .fixed(["example": APIKey(canary.key)]))
        let request = try #require(sent.first)
        #expect(!Disclosure(of: request).contains(canary.key))
        #expect("\(request)" == "POST https://api.example.com/v1/fetch/42")
        // The request itself does contain the key.
        let parts: [Any] = [request.url, request.headers.fields.map(\.value), request.body as Any]
        #expect(parts.contains { Disclosure(of: $0).contains(canary.key) })
    }

    @Test(arguments: CanaryKey.all)
    func `clients, registries, sequences and updates do not show the keys they use`(canary: CanaryKey) async throws {
        let endpoint = ConfigurableEndpoint<Int>(read: { _ in .pending })
        let registry = try EndpointRegistry(endpoint)
        let transport = ScriptedTransport([.json("{}")])
        let client = FetchClient(
            scripted: transport,
            registry: registry,
            credentials: .fixed(["example": APIKey(canary.key)])
        )
        let job = try JobReference("example.jobs:42")
        let updates = client.updates(job)
        var iterator = updates.makeAsyncIterator()
        let update = try #require(try await iterator.next())
        #expect(transport.requests.first?.headers["Authorization"] == "Bearer " + canary.key)
        let values: [Any] = [endpoint, registry, client, job, updates, iterator, update]
        for value in values { #expect(!Disclosure(of: value).contains(canary.key)) }
    }

    @Test func `the search finds a key that is not redacted`() {
        struct ErrorWithKey: Error, Encodable {
            var nested: [String: [String]]
        }
        for canary in CanaryKey.all {
            for style in EscapingStyle.all {
                let value = ErrorWithKey(nested: ["a": ["x\(style.encode(canary.key))x"]])
                #expect(Disclosure(of: value).contains(canary.key))
                #expect(Disclosure(of: Data(style.encode(canary.key).utf8)).contains(canary.key))
            }
        }
    }

    static let malformed = [
        "sk-canary-0123456789\n", "sk-canary-0123456789 x", "Bearer sk-canary-0123456789", "sk-canary-0123456789ü",
    ]

    @Test(arguments: malformed)
    func `the error for an invalid key does not quote it`(key: String) async throws {
        for credentials in [
            Credentials.fixed(["example": APIKey(key)]), .environment(["EXAMPLE_API_KEY": key]),
            .dynamic { _ in APIKey(key) },
        ] {
            let error = try await ConfigurableEndpoint<Int>().refusal(of: 42, credentials: credentials)
            #expect(error.code == .malformedKey)
            #expect(!Disclosure(of: error).contains("sk-canary-0123456789"))
        }
    }

    @Test func `the error for failing credentials does not quote their error`() async throws {
        let failing = Credentials.dynamic { _ in
            throw NSError(domain: "sk-canary-0123456789", code: 1, userInfo: ["key": "sk-canary-0123456789"])
        }
        let error = try await ConfigurableEndpoint<Int>().refusal(of: 42, credentials: failing)
        #expect(error.code == .credentialsUnavailable)
        #expect(!Disclosure(of: error).contains("sk-canary-0123456789"))
    }

    @Test(arguments: [
        "https://u:sk-canary-0123456789@api.example.com/v1", "https://sk-canary-0123456789@api.example.com/v1",
        "https://api.example.com/v1?key=sk-canary-0123456789", "https://api.example.com/v1#sk-canary-0123456789",
        "http://api.example.com?sk-canary-0123456789", "ftp://u:sk-canary-0123456789@api.example.com",
    ])
    func `the error for a base URL with a key does not quote it`(base: String) async throws {
        let endpoint = ConfigurableEndpoint<Int>(baseURL: URL(string: base)!)
        let error = try await endpoint.refusal(of: 42)
        #expect(error.code == .refusedURL)
        #expect(!Disclosure(of: error).contains("sk-canary-0123456789"))
        let refused = #expect(throws: FetchError.self) { try EndpointRegistry(endpoint) }
        #expect(!Disclosure(of: try #require(refused)).contains("sk-canary-0123456789"))
    }

    @Test func `a job reference contains nothing but the endpoint and the ID`() throws {
        let job = try JobReference("example.jobs:42")
        let dumped = Disclosure(of: job).texts.joined()
        #expect(String(decoding: try JSONEncoder().encode(job), as: UTF8.self) == #""example.jobs:42""#)
        #expect(Mirror(reflecting: job).children.map(\.label) == ["endpoint", "id"])
        #expect(!dumped.contains("secret"))
    }
}
