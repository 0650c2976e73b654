/// A key that tests search for outside of requests.
package struct CanaryKey: Sendable, CustomStringConvertible {
    package let key: String

    /// The key itself, as test reports show it.
    package var description: String { key }

    /// Keys with different characters, because each encoding escapes others.
    package static let all = [
        "sk-canary-0123456789", "sk/canary+0123==", #"sk"canary"0123"#, "sk%canary%2F0123", #"sk\canary\"0123"#,
        "<sk&canary;'0123'>", "%22sk-canary%25", "eyJhbGciOi.eyJzdWIi-_.c2lnbmF0dXJl", "cAnArY",
    ].map(Self.init)
}
