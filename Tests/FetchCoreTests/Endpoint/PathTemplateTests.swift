import FetchCore
import FetchTesting
import Foundation
import TestSupport
import Testing

/// Tests of the syntax of path templates and of the URLs they give.
@Suite("Path templates") struct PathTemplateTests {
    @Test(arguments: [
        "fetch/{id}", "/fetch/{id}", "{id}", "{+id}", "a/{first}/b/{second_2}", "video?task_id={id}&v=2", "a/{id}.json",
        "jobs", "", "a%20b/{id}", "x/~a-b_c.d:e@f!$'()*+,;=/{id}",
    ])
    func `the description of a template is its source string`(template: String) throws {
        #expect(try PathTemplate(template).description == template)
    }

    @Test(arguments: [
        "fetch/{id", "fetch/id}", "}{", "{}", "{+}", "{{id}}", "{i d}", "{ïd}", "{id+}", "{++id}", "{id/x}",
        "a b/{id}", "a#b/{id}", "ä/{id}", "a\\b/{id}", "a\"b/{id}", "a<b>/{id}", "a^b/{id}", "a|b/{id}", "a\n/{id}",
        "a\0/{id}", "100%/{id}", "a%{id}", "a%2/{id}", "a%zz/{id}",
    ])
    func `a malformed template is refused by the initializer, by the registry and before a request is sent`(
        template: String
    )
        async throws
    {
        let thrown = #expect(throws: FetchError.self) { try PathTemplate(template) }
        #expect(thrown?.code == .malformedEndpoint)
        #expect(thrown?.message.contains("is not a path template") == true)
        #expect(PathTemplate(rawValue: template) == nil)

        let endpoint = ConfigurableEndpoint<String>(path: PathTemplate(stringLiteral: template))
        var registry = EndpointRegistry()
        let refused = #expect(throws: FetchError.self) { try registry.register(endpoint) }
        #expect(refused?.code == .malformedEndpoint)
        #expect(refused?.endpoint == "example.jobs")
        #expect(registry.names.isEmpty)

        #expect(try await endpoint.refusal(of: "1").code == .malformedEndpoint)
    }

    @Test(arguments: [
        "https://api.example.com/v1/fetch/{id}", "http://127.0.0.1/{id}", "HTTPS://user:sk-canary@example.com/{id}",
        "s3+x://bucket/{id}",
    ])
    func `a path with scheme and host is refused with the remedy, and isn't quoted`(template: String) async throws {
        let path = PathTemplate(stringLiteral: template)
        #expect(PathTemplate(rawValue: template) == nil)
        let refused = #expect(throws: FetchError.self) {
            try EndpointRegistry(ConfigurableEndpoint<String>(path: path))
        }
        let followUp = ConfigurableEndpoint<String>(read: { _ in
            .followUp(FollowUp(.path(path)) { .succeeded(try $0.json()) })
        })
        let errors = [
            refused, try await ConfigurableEndpoint<String>(path: path).refusal(of: "1"),
            await followUpError(followUp),
        ]
        for error in errors.compactMap(\.self) {
            #expect(error.code == .malformedEndpoint)
            #expect(error.endpoint == "example.jobs")
            #expect(error.message == "a path template must not have a scheme and a host")
            #expect(error.remedy?.contains("Write only what follows the base URL") == true)
        }
        #expect(errors.compactMap(\.self).count == 3)
    }

    @Test(arguments: ["fetch/{id}?url=https://example.com", "a:b//{id}", "://{id}", "{id}://x", "urls/http://x/{id}"])
    func `a path that only contains a URL is a path`(template: String) throws {
        #expect(try PathTemplate(template).rawValue == template)
    }

    @Test(
        arguments: [
            ("fetch/{id}", "https://api.example.com/v1/fetch/42"),
            ("/fetch/{id}", "https://api.example.com/v1/fetch/42"),
            ("{id}", "https://api.example.com/v1/42"),
            ("fetch/{id}/result", "https://api.example.com/v1/fetch/42/result"),
            ("fetch/{id}.json", "https://api.example.com/v1/fetch/42.json"),
            ("fetch/{id}/", "https://api.example.com/v1/fetch/42/"),
            ("a/{id}/b/{id}", "https://api.example.com/v1/a/42/b/42"),
            ("video?task_id={id}&v=2", "https://api.example.com/v1/video?task_id=42&v=2"),
            ("a%20b/{id}", "https://api.example.com/v1/a%20b/42"),
        ] as [(PathTemplate, String)]
    )
    func `the ID replaces its placeholder`(path: PathTemplate, url: String) async throws {
        let sent = try await ConfigurableEndpoint<Int>(path: path).requests(for: 42)
        #expect(sent.map(\.url.absoluteString) == [url])
    }

    @Test(arguments: ["https://api.example.com/v1", "https://api.example.com/v1/", "https://api.example.com/v1///"])
    func `trailing slashes of a base URL are ignored`(base: String) async throws {
        let sent = try await ConfigurableEndpoint<Int>(baseURL: URL(string: base)!).requests(for: 42)
        #expect(sent.map(\.url.absoluteString) == ["https://api.example.com/v1/fetch/42"])
    }

    @Test func `a base URL may have no path`() async throws {
        let sent = try await ConfigurableEndpoint<Int>(baseURL: URL(string: "https://api.example.com")!).requests(
            for: 42
        )
        #expect(sent.map(\.url.absoluteString) == ["https://api.example.com/fetch/42"])
    }

    @Test func `each value of an ID replaces its own placeholder`() async throws {
        let endpoint = ConfigurableEndpoint<RunID>(path: "workflows/{workflow}/runs/{run}", idForm: "{+workflow}/{run}")
        let sent = try await endpoint.requests(for: RunID(workflow: "up scale/2x", run: 7))
        #expect(sent.map(\.url.absoluteString) == ["https://api.example.com/v1/workflows/up%20scale%2F2x/runs/7"])
    }

    @Test func `a placeholder without a value is refused with the names of the values`() async throws {
        let endpoint = ConfigurableEndpoint<RunID>(path: "runs/{id}", idForm: "{workflow}/{run}")
        let error = try await endpoint.refusal(of: RunID(workflow: "a", run: 7))
        #expect(error.code == .malformedEndpoint)
        #expect(error.message.contains("{id}"))
        #expect(error.message.contains("{run}, {workflow}"))
    }

    private func followUpError(_ endpoint: ConfigurableEndpoint<String>) async -> FetchError? {
        let credentials = Credentials.fixed(["example": APIKey("sk-canary-0123456789")])
        let client = FetchClient(scripted: ScriptedTransport([.json("{}")]), credentials: credentials)
        return await #expect(throws: FetchError.self) { try await client.fetch(endpoint, id: "1") }
    }
}
