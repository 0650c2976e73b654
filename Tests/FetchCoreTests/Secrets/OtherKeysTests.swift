import FetchCore
import FetchTesting
import Foundation
import TestSupport
import Testing

@Suite("Redaction of other providers' keys") struct OtherKeysTests {
    @Test(arguments: [true, false])
    func `a key of another provider is redacted as well`(fromEnvironment: Bool) async throws {
        let other = "sk-canary-of-another-provider"
        let credentials: Credentials =
            fromEnvironment
            ? .environment(["EXAMPLE_API_KEY": "sk-canary-0123456789", "OTHER_API_KEY": other])
            : .fixed(["example": APIKey("sk-canary-0123456789"), "other": APIKey(other)])
        let client = FetchClient(
            scripted: ScriptedTransport([.json(#"{"message":"\#(other)"}"#)]),
            registry: try EndpointRegistry(ConfigurableEndpoint<Int>(name: "other.jobs", provider: "other")),
            credentials: credentials
        )
        let state = try await client.fetch(ConfigurableEndpoint<Int>(), id: 42)
        #expect(!"\(state)".contains(other))
        #expect("\(state)".contains("[redacted]"))
    }

    @Test func `copies of a client with different registries redact the keys of all their providers`() async throws {
        let keys = ["one": "sk-canary-of-provider-one", "two": "sk-canary-of-provider-two"]
        let transport = ScriptedTransport([.json(#"{"message":"\#(keys.values.joined(separator: " "))"}"#)])
        var one = FetchClient(
            scripted: transport,
            registry: try EndpointRegistry(ConfigurableEndpoint<Int>(name: "one.jobs", provider: "one")),
            credentials: .environment([
                "EXAMPLE_API_KEY": "sk-canary-0123456789", "ONE_API_KEY": keys["one"] ?? "",
                "TWO_API_KEY": keys["two"] ?? "",
            ])
        )
        let copy = one
        one.registry = try EndpointRegistry(ConfigurableEndpoint<Int>(name: "two.jobs", provider: "two"))
        for client in [one, copy] {
            let state = try await client.fetch(ConfigurableEndpoint<Int>(), id: 42)
            #expect(state == .succeeded(["message": "[redacted] [redacted]"]))
        }
    }

    @Test(
        arguments: [
            (["sk-canary-0123", "sk-canary-0123-tail"], "sk-canary-0123-tail"),
            (["sk-canary-0123", "sk-canary-0123-tail", "sk-canary-0123-tail-end"], "sk-canary-0123-tail-end"),
            (["sk-canary-0123", "0123-tail"], "sk-canary-0123-tail"),
            (["sk-canary-0123-tail", "canary-0123"], "sk-canary-0123-tail"),
        ] as [([String], String)]
    )
    func `of two keys that begin or overlap alike, nothing stays readable`(keys: [String], echo: String) async throws {
        // The order of a set differs from process to process, and with its elements. So more keys are added.
        for number in 0..<20 {
            let all = keys + (0..<number).map { "sk-canary-0123-\($0)" }
            let pairs = try all.enumerated().map { (try ProviderID("p\($0.offset)"), APIKey($0.element)) }
            let credentials = Credentials.fixed(
                Dictionary(uniqueKeysWithValues: pairs).merging(["example": APIKey("sk-sent-0123456789")]) { $1 }
            )
            let transport = ScriptedTransport([.json(#"{"message":"<\#(echo)>"}"#)])
            let client = FetchClient(scripted: transport, credentials: credentials)
            let state = try await client.fetch(ConfigurableEndpoint<Int>(), id: 42)
            #expect(state == .succeeded(["message": "<[redacted]>"]))
        }
    }

    @Test func `a response that consists of repeated keys is redacted quickly`() async throws {
        let key = "sk-canary-0123456789"
        let keys = String(repeating: key, count: 100_000)
        let client = FetchClient(scripted: ScriptedTransport([.json(#"{"message":"\#(keys)"}"#)]))
        let state = try await client.fetch(ConfigurableEndpoint<Int>(), id: 42)
        guard case .succeeded(let output) = state else { return #expect(Bool(false), "\(state)") }
        #expect(output["message"]?.string?.count == 100_000 * "[redacted]".count)
    }
}
