import FetchCore
import FetchTesting
import Foundation
import TestSupport
import Testing

/// Tests of the place of the key, the headers and the body in requests.
@Suite("Authorization of requests") struct AuthorizationTests {
    private static let key = "sk-canary-0123456789"

    private func body(of request: FetchRequest) -> String? {
        request.body.map { String(decoding: $0, as: UTF8.self) }
    }

    @Test func `a key in the body is a member of it`() async throws {
        let endpoint = ConfigurableEndpoint<Int>(authorization: .jsonBody("key"))
        let request = try #require(try await endpoint.requests(for: 42).first)
        #expect(request.method == .post)
        #expect(request.url.absoluteString == "https://api.example.com/v1/fetch/42")
        #expect(request.headers["Content-Type"] == "application/json")
        #expect(request.headers["Authorization"] == nil)
        #expect(body(of: request) == #"{"key":"sk-canary-0123456789"}"#)
    }

    @Test func `a key in the body is added to the endpoint's members`() async throws {
        let endpoint = ConfigurableEndpoint<Int>(
            authorization: .jsonBody("key"),
            makeBody: { .json(["id": .integer(Int64($0)), "nested": ["a/b": nil, "c": 1.5]]) }
        )
        let request = try #require(try await endpoint.requests(for: 42).first)
        #expect(body(of: request) == #"{"id":42,"key":"sk-canary-0123456789","nested":{"a/b":null,"c":1.5}}"#)
    }

    @Test func `the key replaces a member of the same name from the endpoint`() async throws {
        let endpoint = ConfigurableEndpoint<Int>(
            authorization: .jsonBody("key"),
            makeBody: { _ in .json(["key": "other"]) }
        )
        let request = try #require(try await endpoint.requests(for: 42).first)
        #expect(body(of: request) == #"{"key":"sk-canary-0123456789"}"#)
    }

    @Test func `a key cannot be added to a body that is not JSON`() async throws {
        let endpoint = ConfigurableEndpoint<Int>(
            authorization: .jsonBody("key"),
            makeBody: { _ in .data(Data("a=b".utf8), mediaType: "application/x-www-form-urlencoded") }
        )
        let error = try await endpoint.refusal(of: 42)
        #expect(error.code == .malformedEndpoint)
        #expect(error.message == "the key is a member of the JSON body, but this body is not JSON")
    }

    @Test(
        arguments: [
            (.bearer, "Authorization", "Bearer sk-canary-0123456789"),
            (.header("Authorization", prefix: "Key "), "Authorization", "Key sk-canary-0123456789"),
            (.header("X-Api-Key"), "X-Api-Key", "sk-canary-0123456789"),
            (.header("xi-api-key"), "XI-API-KEY", "sk-canary-0123456789"),
        ] as [(Authorization, String, String)]
    )
    func `a key in a header follows its prefix`(authorization: Authorization, name: String, value: String) async throws
    {
        let endpoint = ConfigurableEndpoint<Int>(method: .get, authorization: authorization)
        let request = try #require(try await endpoint.requests(for: 42).first)
        #expect(request.method == .get)
        #expect(request.headers[name] == value)
        #expect(request.body == nil)
        #expect(request.headers["Content-Type"] == nil)
        #expect(!request.url.absoluteString.contains(Self.key))
    }

    @Test func `a key in a header replaces the endpoint's fixed header`() async throws {
        let endpoint = ConfigurableEndpoint<Int>(headers: ["authorization": "Bearer placeholder"])
        let request = try #require(try await endpoint.requests(for: 42).first)
        #expect(request.headers.fields.filter { $0.name.lowercased() == "authorization" }.count == 1)
        #expect(request.headers["Authorization"] == "Bearer sk-canary-0123456789")
    }

    @Test(
        arguments: [
            ("fetch/{id}", "fetch/42?api_key=sk-canary-0123456789"),
            ("video?task={id}", "video?task=42&api_key=sk-canary-0123456789"),
        ] as [(PathTemplate, String)]
    )
    func `a key in the query is appended to the query`(path: PathTemplate, url: String) async throws {
        let endpoint = ConfigurableEndpoint<Int>(method: .get, path: path, authorization: .query("api_key"))
        let request = try #require(try await endpoint.requests(for: 42).first)
        #expect(request.url.absoluteString == "https://api.example.com/v1/" + url)
    }

    @Test(arguments: [
        ("sk/canary+0123=456&7", "sk%2Fcanary%2B0123%3D456%267"),
        ("sk\"canary%2F#?", "sk%22canary%252F%23%3F"),
    ])
    func `a key in the query is percent-encoded`(key: String, encoded: String) async throws {
        let endpoint = ConfigurableEndpoint<Int>(authorization: .query("api key"))
        let sent = try await endpoint.requests(for: 42, credentials: .fixed(["example": APIKey(key)]))
        #expect(sent.map(\.url.absoluteString) == ["https://api.example.com/v1/fetch/42?api%20key=" + encoded])
    }

    @Test func `an endpoint without authorization neither needs nor sends a key`() async throws {
        for credentials in [Credentials.none, .fixed(["example": APIKey(Self.key)])] {
            let endpoint = ConfigurableEndpoint<Int>(authorization: .none, headers: ["X-Version": "2"])
            let request = try #require(try await endpoint.requests(for: 42, credentials: credentials).first)
            #expect(request.headers.fields.map(\.name) == ["X-Version", "Accept"])
            #expect(request.body == nil)
            #expect(request.url.query() == nil)
        }
    }

    @Test func `fixed headers are sent, and an endpoint can set Accept`() async throws {
        let endpoint = ConfigurableEndpoint<Int>(headers: ["X-Version": "2024-01-01", "accept": "application/json"])
        let request = try #require(try await endpoint.requests(for: 42).first)
        #expect(request.headers["x-version"] == "2024-01-01")
        #expect(request.headers.fields.filter { $0.name.lowercased() == "accept" }.map(\.value) == ["application/json"])
    }

    @Test func `bytes are sent unchanged with their media type`() async throws {
        let endpoint = ConfigurableEndpoint<Int>(makeBody: { .data(Data("id=\($0)".utf8), mediaType: "text/plain") })
        let request = try #require(try await endpoint.requests(for: 42).first)
        #expect(body(of: request) == "id=42")
        #expect(request.headers["Content-Type"] == "text/plain")
    }

    @Test func `integers in a body keep every digit`() async throws {
        let endpoint = ConfigurableEndpoint<Int64>(path: "fetch", makeBody: { .json(["id": .integer($0)]) })
        let request = try #require(try await endpoint.requests(for: .max).first)
        #expect(body(of: request) == #"{"id":9223372036854775807}"#)
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity])
    func `a body that JSON cannot represent is refused`(number: Double) async throws {
        let endpoint = ConfigurableEndpoint<Int>(makeBody: { _ in .json(["seed": .number(number)]) })
        let error = try await endpoint.refusal(of: 42)
        #expect(error.code == .malformedEndpoint)
        #expect(error.message == "the body can't be written as JSON")
    }

    @Test func `each provider is sent its own key`() async throws {
        let transport = ScriptedTransport([.json("{}")])
        let client = FetchClient(
            scripted: transport,
            credentials: .fixed(["one": APIKey("key-of-one"), "two": APIKey("key-of-two")])
        )
        _ = try await client.fetch(ConfigurableEndpoint<Int>(provider: "two"), id: 1)
        _ = try await client.fetch(ConfigurableEndpoint<Int>(provider: "one"), id: 1)
        #expect(transport.requests.map { $0.headers["Authorization"] } == ["Bearer key-of-two", "Bearer key-of-one"])
    }

    @Test func `the credentials are asked for a key before every request`() async throws {
        let transport = ScriptedTransport([.json("{}")])
        let keys = ScriptedKeys(["first-key", "second-key"])
        let client = FetchClient(scripted: transport, credentials: .dynamic { _ in await keys.next() })
        _ = try await client.fetch(ConfigurableEndpoint<Int>(), id: 1)
        _ = try await client.fetch(ConfigurableEndpoint<Int>(), id: 1)
        #expect(transport.requests.map { $0.headers["Authorization"] } == ["Bearer first-key", "Bearer second-key"])
    }
}

private actor ScriptedKeys {
    private var keys: ArraySlice<String>

    init(_ keys: [String]) { self.keys = keys[...] }

    func next() -> APIKey? { keys.popFirst().map(APIKey.init) }
}
