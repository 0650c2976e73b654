import FetchCore
import FetchTesting
import Testing

/// Keys with signs in them that look like escapes: of two ways to read one, either may be the right one.
@Suite struct AmbiguousKeyTests {
    @Test(arguments: [
        (#"Zk%25q&amp;w\u0041x"#, #"Zk%25q&amp;w\\u0041x"#),
        (#"Zk%25q&amp;w\u0041x"#, #"Zk%2525q&amp;w\\u0041x"#),
        (#"Zk%25q&amp;w/x"#, #"Zk%25q&amp;w\/x"#),
        (#"Zk%25q&amp;w/x"#, #"Zk%25q&amp;amp;w/x"#),
        (#"ab&#38;cd"ef"#, #"ab&#38;cd\"ef"#),
        ("aB3/dE5+fG7", "aB3&#047;dE5&#x02b;fG7"),
    ])
    func `A key that looks escaped is blotted out`(key: String, echo: String) async throws {
        let client = FetchClient(
            asking: ScriptedTransport([.json(#"{"said":"Invalid key \#(echo) given"}"#)]),
            credentials: .fixed(["example": APIKey(key)])
        )
        let state = try await client.fetch(ShapedEndpoint<Int>(), id: 42)
        guard case .succeeded(let output) = state else { return #expect(Bool(false), "\(state)") }
        #expect(output["said"] == "Invalid key [redacted] given")
    }
}
