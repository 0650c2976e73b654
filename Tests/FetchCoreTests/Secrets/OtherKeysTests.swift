import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite struct OtherKeysTests {
    @Test(arguments: [true, false])
    func `A key of another provider is blotted out as well`(fromEnvironment: Bool) async throws {
        let other = "sk-canary-of-another-provider"
        let credentials: Credentials =
            fromEnvironment
            ? .environment(["EXAMPLE_API_KEY": "sk-canary-0123456789", "OTHER_API_KEY": other])
            : .fixed(["example": APIKey("sk-canary-0123456789"), "other": APIKey(other)])
        let client = FetchClient(
            asking: ScriptedTransport([.json(#"{"said":"\#(other)"}"#)]),
            credentials: credentials
        )
        let state = try await client.fetch(ShapedEndpoint<Int>(), id: 42)
        #expect(!"\(state)".contains(other))
        #expect("\(state)".contains("[redacted]"))
    }

    @Test func `An answer of nothing but the key is read at once`() async throws {
        let key = "sk-canary-0123456789"
        let text = String(repeating: key, count: 100_000)
        let client = FetchClient(asking: ScriptedTransport([.json(#"{"said":"\#(text)"}"#)]))
        let state = try await client.fetch(ShapedEndpoint<Int>(), id: 42)
        guard case .succeeded(let output) = state else { return #expect(Bool(false), "\(state)") }
        #expect(output["said"]?.string?.count == 100_000 * "[redacted]".count)
    }
}
