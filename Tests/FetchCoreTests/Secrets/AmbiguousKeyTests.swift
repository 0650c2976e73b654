import FetchCore
import FetchTesting
import TestSupport
import Testing

/// Tests with keys that contain what looks like escape sequences, so that an echo can be unescaped in more than one
/// way.
@Suite("Redaction of keys that look escaped") struct AmbiguousKeyTests {
    @Test(arguments: [
        (#"Zk%25q&amp;w\u0041x"#, #"Zk%25q&amp;w\\u0041x"#),
        (#"Zk%25q&amp;w\u0041x"#, #"Zk%2525q&amp;w\\u0041x"#),
        (#"Zk%25q&amp;w/x"#, #"Zk%25q&amp;w\/x"#),
        (#"Zk%25q&amp;w/x"#, #"Zk%25q&amp;amp;w/x"#),
        (#"ab&#38;cd"ef"#, #"ab&#38;cd\"ef"#),
        ("aB3/dE5+fG7", "aB3&#047;dE5&#x02b;fG7"),
    ])
    func `a key that looks escaped is redacted`(key: String, echo: String) async throws {
        let client = FetchClient(
            scripted: ScriptedTransport([.json(#"{"message":"Invalid key \#(echo) given"}"#)]),
            credentials: .fixed(["example": APIKey(key)])
        )
        let state = try await client.fetch(ConfigurableEndpoint<Int>(), id: 42)
        guard case .succeeded(let output) = state else { return #expect(Bool(false), "\(state)") }
        #expect(output["message"] == "Invalid key [redacted] given")
    }
}
