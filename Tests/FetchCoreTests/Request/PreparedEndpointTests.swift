import FetchCore
import FetchTesting
import Foundation
import Synchronization
import TestSupport
import Testing

/// Tests of the parts of a request that are prepared once for each endpoint.
@Suite("Prepared endpoints") struct PreparedEndpointTests {
    private static let pathPrefixes = [
        "{id}", "{+id}", "?{id}", "?id={id}", "/{id}", "//{id}", "///evil.com/{id}", "@evil.com/{id}", ":80/{id}",
        ":{id}",
        ".evil.com/{id}", "-{id}", "%2F%2Fevil.com/{id}", "%40evil.com/{id}", "%5Cevil.com/{id}",
        "user:pass@evil.com/{id}",
        "https:evil.com/{id}", "https:/evil.com/{id}", "?@evil.com/{id}", "../{id}", "..//evil.com/{id}", ";{id}",
        "!{id}",
    ]

    private static let ids = [
        "42", "@evil.com", ":80", "\\evil.com", "%2F%2Fevil.com", "evil.com", "?", "#", "https:evil.com",
        "\u{FF0F}evil.com",
    ]

    @Test(
        arguments: pathPrefixes,
        ["https://api.example.com", "https://api.example.com/", "https://api.example.com:8443/v1/"]
    )
    func `a request stays at the endpoint's origin, whatever its path and ID begin with`(
        path: String,
        base: String
    ) async throws {
        let baseURL = try #require(URL(string: base))
        let proxy = try Origin(of: try #require(URL(string: "https://proxy.example.net")))
        let template = try PathTemplate(path)
        let followUp = FollowUp<JSONValue>(.path(template)) { .succeeded(try $0.json()) }
        let endpoint = ConfigurableEndpoint<String>(
            baseURL: baseURL,
            path: template,
            read: { _ in .followUp(followUp) }
        )
        for id in Self.ids {
            let sent = try await endpoint.requests(for: id)
            #expect(try sent.map { try Origin(of: $0.url) } == Array(repeating: Origin(of: baseURL), count: 2))
            let overridden = try await endpoint.requests(for: id, origins: ["example": proxy])
            #expect(try overridden.map { try Origin(of: $0.url) } == [proxy, proxy])
        }
    }

    @Test func `a problem of an endpoint is reported for each request with its job, and not earlier`() async throws {
        let transport = ScriptedTransport([.json("{}")])
        let client = FetchClient(scripted: transport)
        let endpoint = ConfigurableEndpoint<Int>(baseURL: try #require(URL(string: "ftp://api.example.com")))
        let sequences = [1, 2].map { client.updates(endpoint, id: $0) }
        for (id, updates) in zip(["1", "2"], sequences) {
            let error = try await transport.refusal { for try await _ in updates {} }
            #expect(error.code == .refusedURL)
            #expect(error.endpoint == "example.jobs")
            #expect(error.id == id)
        }
    }

    private func message(of endpoint: ConfigurableEndpoint<Int>) async throws -> String {
        let error = try await endpoint.refusal(of: 42, credentials: .none)
        return error.message
    }

    @Test func `the problem that is reported does not depend on what was prepared before`() async throws {
        struct MissingBody: Error {}
        var endpoint = ConfigurableEndpoint<Int>(
            name: "Bad",
            baseURL: try #require(URL(string: "http://api.example.com?a=1")),
            path: "fetch/{id",
            headers: ["X-Version": "one\ntwo"],
            makeBody: { _ in throw MissingBody() }
        )
        #expect(try await message(of: endpoint).contains("Bad"))
        endpoint.name = "example.jobs"
        #expect(try await message(of: endpoint) == "the endpoint can't make a body for this id: MissingBody")
        endpoint.makeBody = { _ in nil }
        #expect(try await message(of: endpoint).contains("it has an unmatched brace"))
        endpoint.path = "fetch/{id}"
        #expect(try await message(of: endpoint).contains("a base URL must not have a query"))
        endpoint.baseURL = try #require(URL(string: "http://api.example.com"))
        #expect(try await message(of: endpoint) == "there is no key for the provider example")
        endpoint.authorization = .none
        #expect(try await message(of: endpoint).contains("plain http to another machine"))
        endpoint.baseURL = try #require(URL(string: "https://api.example.com"))
        #expect(try await message(of: endpoint) == "the header “X-Version” contains a newline")
    }

    @Test(
        arguments: ["key", "the key", "k\"ey", "k\\ey", "k/ey", "\u{7F}", "kéy", "k\ney", ""],
        ["sk-canary-0123456789", "sk/canary", "sk\"canary\"", "sk\\canary\\", "!#$%&'()*+,-./:;<=>?@[]^_`{|}~"]
    )
    func `a body with only the key equals the output of JSONEncoder`(field: String, key: String) async throws {
        let endpoint = ConfigurableEndpoint<Int>(authorization: .jsonBody(field))
        let sent = try await endpoint.requests(for: 42, credentials: .fixed(["example": APIKey(key)]))
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        #expect(try sent.first?.body == encoder.encode([field: key]))
    }

    @Test func `the properties of a registered endpoint are read once for all its jobs`() async throws {
        let endpoint = CountedEndpoint()
        let client = FetchClient(
            scripted: ScriptedTransport([.json("{}")]),
            registry: try EndpointRegistry(endpoint)
        )
        _ = try await client.fetch(JobReference("example.counted:1"))
        let reads = endpoint.reads.count
        for id in 2...5 { _ = try await client.fetch(JobReference("example.counted:\(id)")) }
        #expect(endpoint.reads.count == reads)
    }
}

/// An endpoint that counts the reads of its base URL.
private struct CountedEndpoint: FetchEndpoint {
    final class ReadCounter: Sendable {
        private let value = Mutex(0)

        var count: Int { value.withLock { $0 } }

        func add() { value.withLock { $0 += 1 } }
    }

    let name: EndpointName = "example.counted"
    let provider: ProviderID = "example"
    let method = RequestMethod.post
    let path: PathTemplate = "fetch/{id}"
    let authorization = Authorization.bearer
    let reads = ReadCounter()

    var baseURL: URL {
        reads.add()
        return URL(string: "https://api.example.com")!
    }

    func answer(to id: Int, from response: FetchResponse) throws -> FetchAnswer<JSONValue> {
        .succeeded(try response.json())
    }
}
