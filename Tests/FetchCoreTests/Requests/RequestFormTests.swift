import FetchCore
import FetchTesting
import Foundation
import Synchronization
import Testing

/// What an endpoint declares is worked out once, and holds for each of its requests.
struct RequestFormTests {
    private static let beginnings = [
        "{id}", "{+id}", "?{id}", "?id={id}", "/{id}", "//{id}", "///evil.com/{id}", "@evil.com/{id}", ":80/{id}",
        ":{id}",
        ".evil.com/{id}", "-{id}", "%2F%2Fevil.com/{id}", "%40evil.com/{id}", "%5Cevil.com/{id}",
        "user:pass@evil.com/{id}",
        "https://evil.com/{id}", "?@evil.com/{id}", "../{id}", "..//evil.com/{id}", ";{id}", "!{id}",
    ]

    private static let ids = [
        "42", "@evil.com", ":80", "\\evil.com", "%2F%2Fevil.com", "evil.com", "?", "#", "https:evil.com",
        "\u{FF0F}evil.com",
    ]

    @Test(
        arguments: beginnings,
        ["https://api.example.com", "https://api.example.com/", "https://api.example.com:8443/v1/"]
    )
    func `Whatever a path and an id begin with, the request stays at the endpoint's origin`(
        path: String,
        base: String
    ) async throws {
        let baseURL = try #require(URL(string: base))
        let proxy = try Origin(of: try #require(URL(string: "https://proxy.example.net")))
        let template = try PathTemplate(path)
        let followUp = FollowUp<JSONValue>(.path(template)) { .succeeded(try $0.json()) }
        let endpoint = ShapedEndpoint<String>(baseURL: baseURL, path: template, read: { _ in .followUp(followUp) })
        for id in Self.ids {
            let sent = try await endpoint.requests(for: id)
            #expect(try sent.map { try Origin(of: $0.url) } == Array(repeating: Origin(of: baseURL), count: 2))
            let moved = try await endpoint.requests(for: id, origins: ["example": proxy])
            #expect(try moved.map { try Origin(of: $0.url) } == [proxy, proxy])
        }
    }

    @Test func `A flaw of an endpoint is told to each request by its job, and to nobody before`() async throws {
        let transport = ScriptedTransport([.json("{}")])
        let client = FetchClient(asking: transport)
        let endpoint = ShapedEndpoint<Int>(baseURL: try #require(URL(string: "ftp://api.example.com")))
        let waits = [1, 2].map { client.updates(endpoint, id: $0) }
        for (id, wait) in zip(["1", "2"], waits) {
            let error = try await transport.refusal { for try await _ in wait {} }
            #expect(error.code == .refusedURL)
            #expect(error.endpoint == "example.jobs")
            #expect(error.id == id)
        }
    }

    private func message(of endpoint: ShapedEndpoint<Int>) async throws -> String {
        let error = try await endpoint.refusal(of: 42, credentials: .none)
        return error.message
    }

    @Test func `Of several flaws the same one is told whatever was worked out before`() async throws {
        struct NoBody: Error {}
        var endpoint = ShapedEndpoint<Int>(
            name: "Bad",
            baseURL: try #require(URL(string: "http://api.example.com?a=1")),
            path: "fetch/{id",
            headers: ["X-Version": "one\ntwo"],
            makeBody: { _ in throw NoBody() }
        )
        #expect(try await message(of: endpoint).contains("Bad"))
        endpoint.name = "example.jobs"
        #expect(try await message(of: endpoint) == "the endpoint can't make a body for this id: NoBody")
        endpoint.makeBody = { _ in nil }
        #expect(try await message(of: endpoint).contains("a brace has no partner"))
        endpoint.path = "fetch/{id}"
        #expect(try await message(of: endpoint).contains("a base URL has no query"))
        endpoint.baseURL = try #require(URL(string: "http://api.example.com"))
        #expect(try await message(of: endpoint) == "there is no key for the provider example")
        endpoint.authorization = .none
        #expect(try await message(of: endpoint).contains("plain http to another machine"))
        endpoint.baseURL = try #require(URL(string: "https://api.example.com"))
        #expect(try await message(of: endpoint) == "the header “X-Version” holds a newline")
    }

    @Test(
        arguments: ["key", "the key", "k\"ey", "k\\ey", "k/ey", "\u{7F}", "kéy", "k\ney", ""],
        ["sk-canary-0123456789", "sk/canary", "sk\"canary\"", "sk\\canary\\", "!#$%&'()*+,-./:;<=>?@[]^_`{|}~"]
    )
    func `A body of nothing but the key is what an encoder makes of it`(field: String, key: String) async throws {
        let endpoint = ShapedEndpoint<Int>(authorization: .jsonBody(field))
        let sent = try await endpoint.requests(for: 42, credentials: .fixed(["example": APIKey(key)]))
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        #expect(try sent.first?.body == encoder.encode([field: key]))
    }

    @Test func `A registered endpoint is read once for all its jobs`() async throws {
        let endpoint = CountedEndpoint()
        let client = FetchClient(
            asking: ScriptedTransport([.json("{}")]),
            registry: try EndpointRegistry(endpoint)
        )
        _ = try await client.fetch(JobReference("example.counted:1"))
        let readings = endpoint.readings.count
        for id in 2...5 { _ = try await client.fetch(JobReference("example.counted:\(id)")) }
        #expect(endpoint.readings.count == readings)
    }
}

/// Counts how often it is asked where its jobs are.
private struct CountedEndpoint: FetchEndpoint {
    final class Readings: Sendable {
        private let value = Mutex(0)

        var count: Int { value.withLock { $0 } }

        func add() { value.withLock { $0 += 1 } }
    }

    let name: EndpointName = "example.counted"
    let provider: ProviderID = "example"
    let path: PathTemplate = "fetch/{id}"
    let authorization = Authorization.bearer
    let readings = Readings()

    var baseURL: URL {
        readings.add()
        return URL(string: "https://api.example.com")!
    }

    func answer(to id: Int, from response: FetchResponse) throws -> FetchAnswer<JSONValue> {
        .succeeded(try response.json())
    }
}
