/// Keys that tests search for outside of requests. They contain different characters because each encoding escapes others.
package enum CanaryKey {
    package static let all = [
        "sk-canary-0123456789", "sk/canary+0123==", #"sk"canary"0123"#, "sk%canary%2F0123", #"sk\canary\"0123"#,
        "<sk&canary;'0123'>", "%22sk-canary%25", "eyJhbGciOi.eyJzdWIi-_.c2lnbmF0dXJl", "cAnArY",
    ]
}
