import FetchCore
import FetchTesting
import Foundation
import TestSupport
import Testing

/// Tests with keys that are words, such as those of other programs in the environment.
@Suite("Redaction of keys that are words") struct UnrelatedKeyTests {
    private static let words = ["ollama", "output", "success", "public"]

    private static func body(_ word: String) -> String {
        #"{"status":"success","output":["https://public.example.com/ollama/a.png"],"\#(word)":{"public":true}}"#
    }

    private func value(_ client: FetchClient) async throws -> JSONValue? {
        let state = try await client.fetch(ConfigurableEndpoint<Int>(), id: 1)
        return if case .succeeded(let value) = state { value } else { nil }
    }

    @Test(arguments: words)
    func `a key in the environment of a provider that isn't registered changes no result`(word: String) async throws {
        let credentials = Credentials.environment(["EXAMPLE_API_KEY": "sk-canary-0123", "UNRELATED_API_KEY": word])
        let transport = ScriptedTransport([.json(Self.body(word), headers: ["X-\(word)": word])])
        let client = FetchClient(
            scripted: transport,
            registry: try EndpointRegistry(ConfigurableEndpoint<Int>()),
            credentials: credentials
        )
        #expect(try await value(client) == (try JSONValue(parsing: Data(Self.body(word).utf8))))
    }

    @Test func `a key of a registered provider is redacted, also if it is registered later`() async throws {
        let key = "sk-canary-unrelated"
        let credentials = Credentials.environment(["EXAMPLE_API_KEY": "sk-canary-0123", "UNRELATED_API_KEY": key])
        let transport = ScriptedTransport([.json(#"{"a":"\#(key)"}"#)])
        var client = FetchClient(scripted: transport, credentials: credentials)
        #expect(try await value(client) == ["a": .string(key)])
        try client.registry.register(ConfigurableEndpoint<Int>(name: "unrelated.jobs", provider: "unrelated"))
        #expect(try await value(client) == ["a": "[redacted]"])
    }

    @Test(arguments: words)
    func `the names of members stay, whatever the key is`(word: String) async throws {
        let client = FetchClient(
            scripted: ScriptedTransport([.json(Self.body(word), headers: [word: word])]),
            credentials: .fixed(["example": APIKey(word)])
        )
        let value = try #require(try await value(client))
        #expect(value[word]?["public"] == true)
        #expect(value.object.map { Set($0.keys) } == Set(["status", "output", word]))
    }

    @Test(arguments: [
        ("1234567890", #"{"id":1234567890,"text":"1234567890"}"#, #"{"id":1234567890,"text":"[redacted]"}"#),
        (#""aaaaa":"#, #"{"aaaaa":"aaaaa"}"#, #"{"aaaaa":"aaaaa"}"#),
        ("true,\"b", #"{"a":true,"b":false}"#, #"{"a":true,"b":false}"#),
        ("nothing", #"{"a":"\nothing","b":"nothing"}"#, #"{"a":"\nothing","b":"[redacted]"}"#),
        ("abcdef0", #"{"a":"\u00abcdef0","b":"\\abcdef0"}"#, #"{"a":"\u00abcdef0","b":"\\[redacted]"}"#),
        ("sk/a\"b\\c", #"["sk\/a\"b\\c","\"sk\/a\"b\\c\""]"#, #"["[redacted]","\"[redacted]\""]"#),
        ("secret", #"{"secret":"secret","my secret":[]}"#, #"{"secret":"[redacted]","my [redacted]":[]}"#),
        ("sk-canary-1", #"{"sk-canary-1":1}"#, #"{"[redacted]":1}"#),
        ("ABCDEFGHIJKLMNOPQRSTUVWXYZ", #"{"ABCDEFGHIJKLMNOPQRSTUVWXYZ":1}"#, #"{"[redacted]":1}"#),
    ])
    func `redaction never changes the structure of a JSON document`(key: String, body: String, expected: String)
        async throws
    {
        let read: @Sendable (FetchResponse) throws -> FetchAnswer<JSONValue> = {
            .succeeded(.string(String(decoding: $0.body, as: UTF8.self)))
        }
        let client = FetchClient(
            scripted: ScriptedTransport([.json(body)]),
            credentials: .fixed(["example": APIKey(key)])
        )
        let state = try await client.fetch(ConfigurableEndpoint<Int>(authorization: .bearer, read: read), id: 1)
        #expect(state == .succeeded(.string(expected)))
    }

    @Test(arguments: ["{not JSON: secret-key-1", "[warning] secret-key-1", "secret-key-1 {}", #"{"a":1}secret-key-1"#])
    func `a body that only looks like JSON is redacted everywhere`(body: String) async throws {
        let read: @Sendable (FetchResponse) throws -> FetchAnswer<JSONValue> = {
            .succeeded(.string(String(decoding: $0.body, as: UTF8.self)))
        }
        let client = FetchClient(
            scripted: ScriptedTransport([.json(body)]),
            credentials: .fixed(["example": APIKey("secret-key-1")])
        )
        let state = try await client.fetch(ConfigurableEndpoint<Int>(read: read), id: 1)
        #expect(state == .succeeded(.string(body.replacing("secret-key-1", with: "[redacted]"))))
    }
}
