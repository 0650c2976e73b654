import FetchCore
import FetchTesting
import Foundation
import TestSupport
import Testing

/// Tests of IDs that are URLs: they are polled as given, and the key is sent to the provider only.
@Suite("Polling URLs") struct PollingURLTests {
    private static let endpoint = ConfigurableEndpoint<PollingURL>(
        method: .get,
        path: "get_result?id={id}",
        domains: ["example.com"],
        authorization: .header("X-Key")
    )

    @Test(arguments: [
        "https://api.example.com/v1/get_result?id=7", "https://eu.api.example.com/v2/x", "https://example.com/",
        "https://EU1.Example.com/a", "https://api.example.com:443/a",
    ])
    func `a URL of the provider is polled as it is, by type and by name`(text: String) async throws {
        let id = try #require(PollingURL(text))
        let sent = try await Self.endpoint.requests(for: id)
        #expect(sent.map(\.url.absoluteString) == [text])
        #expect(sent.first?.headers["X-Key"] == "sk-canary-0123456789")
        let transport = ScriptedTransport([.json("{}")])
        let client = FetchClient(
            scripted: transport,
            registry: try EndpointRegistry(Self.endpoint),
            credentials: .fixed(["example": APIKey("sk-canary-0123456789")])
        )
        _ = try await client.fetch(JobReference(endpoint: "example.jobs", id: text))
        #expect(transport.requests.map(\.url) == sent.map(\.url))
        #expect(transport.requests.map(\.headers) == sent.map(\.headers))
    }

    @Test(arguments: [
        "https://example.org/x", "https://notexample.com/x", "https://example.com.evil.org/x",
        "https://evil.org/example.com", "http://api.eu.example.com/x", "https://eu.example.com:8443/x",
        "https://example.com./x", "http://example.com/x", "https://example.com:80/x",
    ])
    func `a URL of another host is refused before a request is sent`(text: String) async throws {
        let error = try await Self.endpoint.refusal(of: try #require(PollingURL(text)))
        #expect(error.code == .refusedURL)
        #expect(error.message.contains("example.com only"))
        #expect(try EndpointRegistry(Self.endpoint).reference(for: try #require(URL(string: text))) == nil)
    }

    @Test(arguments: [
        "", "7", "/v1/get_result", "ftp://example.com/x", "https://user:pass@example.com/x", "https://example.com/x#y",
        "https:///x", "example.com/x", "https://example.com/a b", "https://evil.org%2f.example.com/x",
        "https://evil.org%5c.example.com/x", "https://evil.org%00.example.com/x", "https://evil.org%23.example.com/x",
        "https://evil.org%40.example.com/x", "https://evil.org%3f.example.com/x",
    ])
    func `a string that is not a valid polling URL is not an ID`(text: String) async throws {
        #expect(PollingURL(text) == nil)
    }

    @Test func `a registry finds the job of a URL`() throws {
        let registry = try EndpointRegistry(Self.endpoint, ConfigurableEndpoint<Int>(name: "example.numbers"))
        let url = try #require(URL(string: "https://eu.api.example.com/v1/get_result?id=7"))
        #expect(registry.reference(for: url)?.description == "example.jobs:\(url)")
        let number = try #require(URL(string: "https://api.example.com/v1/fetch/7"))
        #expect(registry.reference(for: number)?.description == "example.numbers:7")
    }

    @Test(arguments: [
        "https://files.example.com/7.png?signature=secret", "https://api.example.com/v1/pictures",
        "https://api.example.com/get_result?id=7", "https://api.example.com/v1/v1/get_result?id=7",
        "https://eu.example.com/get_result?id=7",
        "https://api.example.com/v1/get_result?id=7&key=8", "https://example.com/",
    ])
    func `a URL of the provider that matches no template is not a job`(text: String) throws {
        let url = try #require(URL(string: text))
        #expect(try EndpointRegistry(Self.endpoint).reference(for: url) == nil)
    }

    @Test(arguments: [
        ("https://api.example.com", "v1/get_result?id={id}"), ("https://api.example.com/v1/", "/get_result?id={id}"),
        ("https://api.example.com/v1/get_result", "?id={id}"),
    ])
    func `the path of an endpoint with polling URLs is below its base URL`(base: String, path: String) throws {
        var endpoint = Self.endpoint
        endpoint.baseURL = try #require(URL(string: base))
        endpoint.path = try PathTemplate(path)
        let registry = try EndpointRegistry(endpoint)
        for host in ["api.example.com", "eu1.example.com"] {
            let url = try #require(URL(string: "https://\(host)/v1/get_result?id=7"))
            #expect(registry.reference(for: url)?.id == url.absoluteString)
        }
    }

    @Test func `a URL is not a job if the endpoint has no path`() throws {
        var endpoint = Self.endpoint
        endpoint.path = ""
        let url = try #require(URL(string: "https://api.example.com/v1/get_result?id=7"))
        #expect(try EndpointRegistry(endpoint).reference(for: url) == nil)
    }

    @Test func `an override of the provider's origin applies to URLs`() async throws {
        let origin = try Origin(of: try #require(URL(string: "http://127.0.0.1:8080")))
        let id = try #require(PollingURL("https://eu.example.com/v1/get_result?id=7"))
        let sent = try await Self.endpoint.requests(for: id, origins: ["example": origin])
        #expect(sent.map(\.url.absoluteString) == ["http://127.0.0.1:8080/v1/get_result?id=7"])
    }

    @Test(arguments: [
        "com", "", ".com", "*.example.com", "https://example.com", "127.0.0.1", "0.1", "Example.com", "example.com.",
        "a..b",
    ])
    func `an invalid domain is refused at registration`(domain: String) {
        var endpoint = Self.endpoint
        endpoint.domains = [domain]
        let error = #expect(throws: FetchError.self) { try EndpointRegistry(endpoint) }
        #expect(error?.code == .malformedEndpoint)
    }

    @Test(arguments: ["%2f", "%5C", "%23", "%3F", "%40", "%00", "%2e"])
    func `a follow-up request to a host with an encoded character is refused`(encodedCharacter: String) async throws {
        let url = try #require(URL(string: "https://evil.org\(encodedCharacter).example.com/7"))
        let endpoint = ConfigurableEndpoint<Int>(
            domains: ["example.com"],
            read: { _ in .followUp(FollowUp(.url(url)) { .succeeded(try $0.json()) }) }
        )
        let transport = ScriptedTransport([.json("{}")])
        let client = FetchClient(scripted: transport, credentials: .fixed(["example": APIKey("sk-canary-0123456789")]))
        let error = await #expect(throws: FetchError.self) { try await client.fetch(endpoint, id: 7) }
        #expect(error?.code == .refusedURL)
        #expect(transport.requests.count == 1)
    }

    @Test func `a follow-up request may go to the provider's domains with the key`() async throws {
        let url = try #require(URL(string: "https://files.example.com/7"))
        let endpoint = ConfigurableEndpoint<Int>(
            domains: ["example.com"],
            read: { _ in .followUp(FollowUp(.url(url)) { .succeeded(try $0.json()) }) }
        )
        let sent = try await endpoint.requests(for: 7)
        #expect(sent.last?.url == url)
        #expect(sent.last?.headers["Authorization"] == "Bearer sk-canary-0123456789")
    }

    @Test func `the values of a follow-up request are encoded into its path like the ID`() async throws {
        let target = FollowUpTarget.path("files/{id}?file_id={file}", ["file": "a/b&c"])
        let endpoint = ConfigurableEndpoint<Int>(read: { _ in .followUp(FollowUp(target) { .succeeded(try $0.json()) })
        }
        )
        let sent = try await endpoint.requests(for: 7)
        #expect(sent.last?.url.absoluteString == "https://api.example.com/v1/files/7?file_id=a%2Fb%26c")
    }
}
