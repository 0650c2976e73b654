import FetchCore
import FetchManifest
import FetchTesting
import Foundation
import Testing

@Suite("Manifest requests") struct ManifestRequestTests {
    private func request(_ changes: [String: JSONValue], id: String = "42") async throws -> FetchRequest {
        let harness = try ManifestHarness(changes, [.json("{}")])
        _ = try? await harness.fetch(id)
        return try #require(harness.transport.requests.first)
    }

    @Test func `the manifest determines method, URL and headers`() async throws {
        let request = try await request(["headers": ["X-Version": "2024-11-06"]])
        #expect(request.method == .get)
        #expect(request.url.absoluteString == "https://api.example.com/v1/videos/42")
        #expect(request.headers["X-Version"] == "2024-11-06")
        #expect(request.body == nil)
    }

    private static let headers: [(JSONValue, String, String)] = [
        (["header": "Authorization", "prefix": "Key "], "Authorization", "Key sk-canary"),
        (["header": "X-Api-Key"], "X-Api-Key", "sk-canary"),
    ]

    @Test(arguments: headers)
    func `a header carries the key`(key: JSONValue, name: String, value: String) async throws {
        #expect(try await request(["key": key]).headers[name] == value)
    }

    @Test func `the query, the body or nothing carries the key`() async throws {
        let query = try await request(["key": ["query": "api_key"]])
        #expect(query.url.absoluteString == "https://api.example.com/v1/videos/42?api_key=sk-canary")
        let body = try await request(["key": ["body": "key"], "method": "POST"])
        #expect(try body.json == ["key": "sk-canary"])
        let none = try await request(["key": "none"])
        #expect(none.headers["Authorization"] == nil && none.body == nil && none.url.query() == nil)
    }

    @Test func `an id in the query is percent-encoded`() async throws {
        let request = try await request(["path": "status?id={id}&full=1"], id: "a&full=0/ü")
        #expect(request.url.absoluteString == "https://api.example.com/v1/status?id=a%26full%3D0%2F%C3%BC&full=1")
    }

    @Test func `an id with a form is split into its values`() async throws {
        let changes: [String: JSONValue] = ["id": ["form": "{kind}/{task}"], "path": "videos/{kind}/{task}"]
        #expect(try await request(changes, id: "text/7").url.path() == "/v1/videos/text/7")
        let error = await #expect(throws: FetchError.self) {
            try await ManifestHarness(changes, [.json("{}")]).fetch("7")
        }
        #expect(error?.code == .invalidID)
    }

    @Test func `a body contains the whole id or its values, and an integer id as a number`() async throws {
        let parts = try await request(
            [
                "method": "POST", "path": "fetch", "id": ["form": "{kind}/{task}"],
                "body": ["name": "{id}", "parts": ["{kind}", ["task": "{task}"]], "limit": 1, "note": "{ x }"],
            ],
            id: "text/7"
        )
        #expect(
            try parts.json == ["name": "text/7", "parts": ["text", ["task": "7"]], "limit": 1, "note": "{ x }"]
        )
        let number = try await request(
            ["method": "POST", "path": "fetch", "id": ["type": "integer"], "body": ["request_id": "{id}"]]
        )
        #expect(try number.json == ["request_id": 42])
    }

    @Test func `an id of type integer rejects leading zeros`() async throws {
        let registry = try EndpointRegistry(ExampleManifest.manifest(["id": ["type": "integer"]]))
        #expect(throws: FetchError.self) { try registry.job("example.video:007") }
        #expect(try registry.job("example.video:7").id == "7")
    }

    @Test func `a URL id is requested only within the provider's domains`() async throws {
        let changes: [String: JSONValue] = ["id": ["type": "url"], "path": nil, "domains": ["example.com"]]
        let regional = "https://api.eu1.example.com/v1/get?id=7"
        #expect(try await request(changes, id: regional).url.absoluteString == regional)
        let error = await #expect(throws: FetchError.self) {
            try await ManifestHarness(changes, [.json("{}")]).fetch("https://example.org/v1/get?id=7")
        }
        #expect(error?.code == .refusedURL)
    }

    @Test func `a manifest states its intervals, its request timeout and the deadline of its jobs`() throws {
        let changes: [String: JSONValue] = ["maximumGap": 600, "requestTimeout": 75.5, "deadline": 86_400]
        let endpoint = try #require(try ExampleManifest.manifest(changes).endpoints.first)
        #expect(endpoint.maximumGap == .seconds(600))
        #expect(endpoint.requestTimeout == .seconds(75.5))
        #expect(endpoint.deadline == .seconds(86_400))
        let plain = try #require(try ExampleManifest.manifest().endpoints.first)
        #expect(plain.maximumGap == nil && plain.requestTimeout == nil && plain.deadline == nil)
        #expect(plain.minimumGap == .zero)
    }

    @Test func `minimumGap is the shortest interval between two requests`() async throws {
        let steps: [ScriptedTransport.Step] = [
            .json(#"{"status": "x", "wait": 0}"#), .json(#"{"status": "failed"}"#),
        ]
        for (changes, seconds) in [(["minimumGap": 30], 30.0), (["retryAfter": "wait"], 0.0)]
            as [([String: JSONValue], Double)]
        {
            let harness = try ManifestHarness(changes, steps)
            let start = harness.clock.now
            _ = try await harness.states()
            let elapsed = start.duration(to: harness.clock.now)
            #expect(seconds == 0 ? elapsed < .seconds(30) : elapsed >= .seconds(seconds))
        }
    }
}

extension FetchRequest {
    /// The body as JSON.
    fileprivate var json: JSONValue {
        get throws { try JSONDecoder().decode(JSONValue.self, from: try #require(body)) }
    }
}
