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
            credentials: credentials
        )
        let state = try await client.fetch(ConfigurableEndpoint<Int>(), id: 42)
        #expect(!"\(state)".contains(other))
        #expect("\(state)".contains("[redacted]"))
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
