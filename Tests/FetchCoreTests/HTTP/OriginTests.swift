import FetchCore
import FetchTesting
import Foundation
import TestSupport
import Testing

/// Tests of the scheme, host and port to which a request may be sent.
@Suite("Origins") struct OriginTests {
    private func origin(_ text: String) throws -> Origin { try Origin(of: try #require(URL(string: text))) }

    @Test(arguments: [
        ("https://proxy.example.net", "https://proxy.example.net/v1/fetch/42"),
        ("https://proxy.example.net:8443/ignored?x#y", "https://proxy.example.net:8443/v1/fetch/42"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080/v1/fetch/42"),
        ("http://[::1]:8080/", "http://[::1]:8080/v1/fetch/42"),
        ("HTTPS://Proxy.Example.NET:443", "https://proxy.example.net/v1/fetch/42"),
    ])
    func `an override replaces scheme, host and port only, and the key is sent there`(
        override: String,
        url: String
    ) async throws {
        let sent = try await ConfigurableEndpoint<Int>().requests(for: 42, origins: ["example": origin(override)])
        #expect(sent.map(\.url.absoluteString) == [url])
        #expect(sent.first?.headers["Authorization"] == "Bearer sk-canary-0123456789")
    }

    @Test func `an override applies to its provider only`() async throws {
        let sent = try await ConfigurableEndpoint<Int>()
            .requests(for: 42, origins: ["other": origin("https://proxy.example.net")])
        #expect(sent.first?.url.host() == "api.example.com")
    }

    @Test func `plain HTTP to a proxy is refused`() async throws {
        let error = try await ConfigurableEndpoint<Int>()
            .refusal(of: 42, origins: ["example": origin("http://proxy.example.net")])
        #expect(error.code == .refusedURL)
    }

    @Test(arguments: [
        "http://localhost", "http://LOCALHOST:8080", "http://127.0.0.1:8080", "http://127.8.8.8",
        "http://127.255.255.254",
        "http://[::1]", "http://[::1]:8080",
    ])
    func `plain HTTP to the loopback interface is allowed`(base: String) async throws {
        #expect(try origin(base).isLoopback)
        let sent = try await ConfigurableEndpoint<Int>(baseURL: URL(string: base)!).requests(for: 42)
        #expect(sent.count == 1)
    }

    @Test(arguments: [
        "https://127.0.0.+1", "https://api.example.com%00.evil.com", "https://api.example.com%2f.evil.com",
        "https://api%40evil.com", "https://b%C3%BCcher.example", "https://[api.example.com]",
        "https://[v1.api.example.com]", "http://[127.0.0.1]", "http://[localhost]",
    ])
    func `an invalid character in a host is refused at registration`(base: String) throws {
        guard let url = URL(string: base) else { return }
        let error = #expect(throws: FetchError.self) { try EndpointRegistry(ConfigurableEndpoint<Int>(baseURL: url)) }
        #expect(error?.code == .refusedURL)
    }

    @Test(arguments: [
        "http://127.0.0.1.evil.com", "http://localhost.evil.com", "http://localhost.", "http://127.0.0.1.",
        "http://0x7f.1",
        "http://127.1", "http://2130706433", "http://0177.0.0.1", "http://127.0.0.256",
        "http://127.0..1",
        "http://127.evil.com.x.y", "http://10.0.0.1", "http://192.168.1.1",
        "http://0.0.0.0",
        "http://169.254.169.254", "http://[::]", "http://[::ffff:10.0.0.1]", "http://[fe80::1]", "http://1localhost",
        "http://api.example.com",
    ])
    func `plain HTTP to another machine is refused, however its host is written`(base: String) async throws {
        // A string that is not a URL cannot be polled either.
        guard let url = URL(string: base) else { return }
        let endpoint = ConfigurableEndpoint<Int>(baseURL: url)
        #expect(throws: Never.self) { try EndpointRegistry(endpoint) }
        let error = try await endpoint.refusal(of: 42)
        #expect(error.code == .refusedURL)
        #expect(error.message.contains("plain http to another machine exposes the key"))
        #expect(error.remedy == "Use https, or add the host to the client's plainHTTPHosts.")
        #expect(error.endpoint == "example.jobs")
    }

    @Test(arguments: ["http://10.0.0.1", "http://gateway.internal:8080", "http://Gateway.Internal"])
    func `plain HTTP to another machine is allowed for hosts listed by name`(base: String) async throws {
        let hosts: Set = ["10.0.0.1", "GATEWAY.internal"]
        let sent = try await ConfigurableEndpoint<Int>(baseURL: URL(string: base)!).requests(
            for: 42,
            plainHTTPHosts: hosts
        )
        #expect(sent.count == 1)
        await #expect(throws: FetchError.self) {
            try await ConfigurableEndpoint<Int>(baseURL: URL(string: "http://10.0.0.2")!)
                .requests(for: 42, plainHTTPHosts: hosts)
        }
    }

    @Test(arguments: [
        ("https://api.example.com/a", "https://API.example.com:443/b", true),
        ("http://api.example.com/a", "http://api.example.com:80", true),
        ("https://api.example.com", "http://api.example.com", false),
        ("https://api.example.com", "https://api.example.com:80", false),
        ("https://api.example.com", "https://api.example.com.", false),
        ("https://[::1]:1", "https://[::1]:1", true),
    ])
    func `origins are equal if scheme, host and port are`(first: String, second: String, areEqual: Bool) throws {
        #expect(try (origin(first) == origin(second)) == areEqual)
    }

    @Test(arguments: ["https://user:secret@h.example/x", "https://secret@h.example", "ftp://h.example/?secret"])
    func `the error for a URL without an origin does not quote its secrets`(text: String) throws {
        let error = #expect(throws: FetchError.self) { try origin(text) }
        #expect(error?.code == .refusedURL)
        #expect(error?.description.contains("secret") == false)
    }
}
