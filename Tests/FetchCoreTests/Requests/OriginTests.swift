import FetchCore
import FetchTesting
import Foundation
import Testing

/// To which scheme, host and port a request may go.
struct OriginTests {
    private func origin(_ text: String) throws -> Origin { try Origin(of: try #require(URL(string: text))) }

    @Test(arguments: [
        ("https://proxy.example.net", "https://proxy.example.net/v1/fetch/42"),
        ("https://proxy.example.net:8443/ignored?x#y", "https://proxy.example.net:8443/v1/fetch/42"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080/v1/fetch/42"),
        ("http://[::1]:8080/", "http://[::1]:8080/v1/fetch/42"),
        ("HTTPS://Proxy.Example.NET:443", "https://proxy.example.net/v1/fetch/42"),
    ])
    func `An override replaces scheme, host and port only, and the key goes there`(
        override: String,
        url: String
    ) async throws {
        let sent = try await ShapedEndpoint<Int>().requests(for: 42, origins: ["example": origin(override)])
        #expect(sent.map(\.url.absoluteString) == [url])
        #expect(sent.first?.headers["Authorization"] == "Bearer sk-canary-0123456789")
    }

    @Test func `An override is for its provider only`() async throws {
        let sent = try await ShapedEndpoint<Int>()
            .requests(for: 42, origins: ["other": origin("https://proxy.example.net")])
        #expect(sent.first?.url.host() == "api.example.com")
    }

    @Test func `Plain http to a proxy is refused as any other`() async throws {
        let error = try await ShapedEndpoint<Int>()
            .refusal(of: 42, origins: ["example": origin("http://proxy.example.net")])
        #expect(error.code == .refusedURL)
    }

    @Test(arguments: [
        "http://localhost", "http://LOCALHOST:8080", "http://127.0.0.1:8080", "http://127.8.8.8",
        "http://127.255.255.254",
        "http://[::1]", "http://[::1]:8080",
    ])
    func `This machine may be asked without TLS`(base: String) async throws {
        #expect(try origin(base).isLoopback)
        let sent = try await ShapedEndpoint<Int>(baseURL: URL(string: base)!).requests(for: 42)
        #expect(sent.count == 1)
    }

    @Test(arguments: [
        "https://127.0.0.+1", "https://api.example.com%00.evil.com", "https://api.example.com%2f.evil.com",
        "https://api%40evil.com", "https://b%C3%BCcher.example", "https://[api.example.com]",
        "https://[v1.api.example.com]", "http://[127.0.0.1]", "http://[localhost]",
    ])
    func `A host with a sign that no host has is refused at registration`(base: String) throws {
        guard let url = URL(string: base) else { return }
        let error = #expect(throws: FetchError.self) { try EndpointRegistry(ShapedEndpoint<Int>(baseURL: url)) }
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
    func `Another machine is asked without TLS by no trick`(base: String) async throws {
        // What can't be written as a URL can't be asked either.
        guard let url = URL(string: base) else { return }
        let endpoint = ShapedEndpoint<Int>(baseURL: url)
        #expect(throws: Never.self) { try EndpointRegistry(endpoint) }
        let error = try await endpoint.refusal(of: 42)
        #expect(error.code == .refusedURL)
        #expect(error.message.contains("plain http to another machine shows the key"))
        #expect(error.remedy == "Use https, or allow the host by name.")
        #expect(error.endpoint == "example.jobs")
    }

    @Test(arguments: ["http://10.0.0.1", "http://gateway.internal:8080", "http://Gateway.Internal"])
    func `Another machine that is allowed by name is asked without TLS`(base: String) async throws {
        let hosts: Set = ["10.0.0.1", "GATEWAY.internal"]
        let sent = try await ShapedEndpoint<Int>(baseURL: URL(string: base)!).requests(for: 42, plainHTTPHosts: hosts)
        #expect(sent.count == 1)
        await #expect(throws: FetchError.self) {
            try await ShapedEndpoint<Int>(baseURL: URL(string: "http://10.0.0.2")!)
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
    func `Origins are the same where scheme, host and port are`(one: String, other: String, same: Bool) throws {
        #expect(try (origin(one) == origin(other)) == same)
    }

    @Test(arguments: ["https://user:secret@h.example/x", "https://secret@h.example", "ftp://h.example/?secret"])
    func `A URL that has no origin is refused without quoting secrets in it`(text: String) throws {
        let error = #expect(throws: FetchError.self) { try origin(text) }
        #expect(error?.code == .refusedURL)
        #expect(error?.description.contains("secret") == false)
    }
}
