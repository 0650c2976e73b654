import FetchCore
import FetchTesting
import Foundation
import TestSupport
import Testing

@Suite("Combined credentials") struct CombinedCredentialsTests {
    private static let own = "sk-canary-own-0123456789"
    private static let other = "sk-canary-other-0123456789"

    private let endpoint = ConfigurableEndpoint<Int>()
    private let overridden = ConfigurableEndpoint<Int>(name: "other.jobs", provider: "other")

    private let credentials = Credentials.environment(["EXAMPLE_API_KEY": own, "OTHER_API_KEY": "sk-unused-0123"])
        .overriding("other") { _ in APIKey(other) }

    @Test func `an overridden provider has its own source, and the others keep theirs`() async throws {
        for (endpoint, key) in [(endpoint, Self.own), (overridden, Self.other)] {
            let request = try #require(try await endpoint.requests(for: 1, credentials: credentials).first)
            #expect(request.headers["Authorization"] == "Bearer \(key)")
        }
    }

    @Test func `the keys of the others are redacted, with the overriding one`() async throws {
        let transport = ScriptedTransport([.json(#"{"a":"\#(Self.own)","b":"\#(Self.other)"}"#)])
        let registry = try EndpointRegistry(endpoint, overridden)
        let client = FetchClient(scripted: transport, registry: registry, credentials: credentials)
        #expect(try await client.fetch(overridden, id: 1) == .succeeded(["a": "[redacted]", "b": "[redacted]"]))
        #expect(try await client.fetch(endpoint, id: 1) == .succeeded(["a": "[redacted]", "b": "[redacted]"]))
    }

    @Test func `a missing key is explained by its own source`() async throws {
        let third = ConfigurableEndpoint<Int>(name: "third.jobs", provider: "third")
        let hint = try await third.refusal(of: 1, credentials: credentials).remedy
        #expect(hint == "Set the environment variable THIRD_API_KEY to the provider's key.")
        let none = credentials.overriding("other") { _ in nil }
        let error = try await overridden.refusal(of: 1, credentials: none)
        #expect(error.code == .missingKey)
        #expect(error.remedy == "Return a key from the function that overrides the credentials of the provider other.")
    }

    @Test func `a refused key of an overridden provider is refreshed`() async throws {
        let credentials = Credentials.none.overriding("other") { refused in
            APIKey(refused == nil ? Self.other : Self.own)
        }
        let transport = ScriptedTransport([.json("{}", status: 401), .json("{}")])
        _ = try await FetchClient(scripted: transport, credentials: credentials).fetch(overridden, id: 1)
        let keys = transport.requests.map { $0.headers["Authorization"] }
        #expect(keys == ["Bearer \(Self.other)", "Bearer \(Self.own)"])
    }

    @Test func `combined credentials show no key`() {
        #expect(!Disclosure(of: credentials).contains(Self.own))
        #expect("\(credentials)" == "Credentials")
    }
}
