import FetchCore
import Foundation
import TestSupport
import Testing

/// Tests that no ID can change other parts of a URL than its placeholder.
@Suite("Hostile job IDs") struct HostileIDTests {
    static let encoded = [
        ("a/b", "a%2Fb"),
        ("../admin", "..%2Fadmin"),
        ("a\\b", "a%5Cb"),
        ("%2e%2e", "%252e%252e"),
        ("%2F", "%252F"),
        ("...", "..."),
        ("a?b=c", "a%3Fb%3Dc"),
        ("a#b", "a%23b"),
        ("a&b", "a%26b"),
        ("a;b", "a%3Bb"),
        ("a b", "a%20b"),
        ("a+b", "a%2Bb"),
        ("@evil.com", "%40evil.com"),
        ("//evil.com/", "%2F%2Fevil.com%2F"),
        ("https://evil.com/", "https%3A%2F%2Fevil.com%2F"),
        ("{id}", "%7Bid%7D"),
        ("\"'<>", "%22%27%3C%3E"),
        ("ü", "%C3%BC"),
        ("💡", "%F0%9F%92%A1"),
        ("\u{202E}", "%E2%80%AE"),
        ("e\u{301}", "e%CC%81"),
    ]

    @Test(arguments: encoded)
    func `all characters except unreserved ones are percent-encoded in a path`(id: String, encoded: String) async throws
    {
        let sent = try await ConfigurableEndpoint<String>(path: "fetch/{id}/result").requests(for: id)
        #expect(sent.map(\.url.absoluteString) == ["https://api.example.com/v1/fetch/\(encoded)/result"])
    }

    @Test(arguments: encoded)
    func `all characters except unreserved ones are percent-encoded in a query`(id: String, encoded: String)
        async throws
    {
        let sent = try await ConfigurableEndpoint<String>(path: "video?task={id}&v=2").requests(for: id)
        #expect(sent.map(\.url.absoluteString) == ["https://api.example.com/v1/video?task=\(encoded)&v=2"])
    }

    @Test(arguments: [
        ("operations/a/b", "operations/a/b"),
        ("a/%2e%2e/b", "a/%252e%252e/b"),
        ("a/b?c#d", "a/b%3Fc%23d"),
        ("a/.../b", "a/.../b"),
        ("a/ü:b", "a/%C3%BC%3Ab"),
    ])
    func `a placeholder with a plus keeps slashes and encodes all other characters`(id: String, encoded: String)
        async throws
    {
        let sent = try await ConfigurableEndpoint<String>(path: "{+id}").requests(for: id)
        #expect(sent.map(\.url.absoluteString) == ["https://api.example.com/v1/\(encoded)"])
    }

    @Test(arguments: ["../a", "a/..", "a/../../b", "./a", "a/./b", "/a", "a/", "a//b", "/", "//evil.com"])
    func `a path with empty or dot segments is refused in a placeholder with a plus`(id: String) async throws {
        let error = try await ConfigurableEndpoint<String>(path: "{+id}").refusal(of: id)
        #expect(error.code == .invalidID)
        #expect(error.endpoint == "example.jobs")
    }

    static let refused = [
        ("", "it is empty"),
        (".", "a dot segment would change the path"),
        ("..", "a dot segment would change the path"),
        ("a\0b", "control character"),
        ("a\nb", "control character"),
        ("a\r\nHost: evil.com", "control character"),
        ("\t", "control character"),
        ("\u{7F}", "control character"),
        ("\u{85}", "control character"),
        (String(repeating: "a", count: 10_240), "it has 10240 bytes"),
        ("a" + String(repeating: "\u{301}", count: 5_000), "it has 10001 bytes"),
    ]

    @Test(arguments: refused)
    func `an invalid ID is refused before a request is sent`(id: String, problem: String) async throws {
        for path in ["fetch/{id}", "{+id}", "video?task={id}"] as [PathTemplate] {
            let error = try await ConfigurableEndpoint<String>(path: path).refusal(of: id)
            #expect(error.code == .invalidID)
            #expect(error.message.contains(problem))
            #expect(error.endpoint == "example.jobs")
            #expect(!error.isRetryable)
        }
    }

    @Test(arguments: refused)
    func `the error for a hostile ID is one short line`(id: String, problem: String) async throws {
        let error = try await ConfigurableEndpoint<String>().refusal(of: id)
        #expect(error.description.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
        #expect(error.description.utf8.count < 700)
    }

    @Test func `slashes in one value of an ID cannot reach the placeholder of the next`() async throws {
        let endpoint = ConfigurableEndpoint<RunID>(path: "workflows/{workflow}/runs/{run}", idForm: "{workflow}/{run}")
        let error = try await endpoint.refusal(of: RunID(workflow: "..", run: 7))
        #expect(error.code == .invalidID)
    }

    @Test func `the longest accepted ID has 2,048 bytes`() async throws {
        let id = String(repeating: "a", count: 2_048)
        let sent = try await ConfigurableEndpoint<String>().requests(for: id)
        #expect(sent.first?.url.lastPathComponent == id)
    }
}
