/// A key that the client sends and the server may echo. It must not occur in any result.
package struct Canary: Sendable {
    /// The plain key.
    package let key: String

    /// The escaping with which the server echoes the key; `nil` if it doesn't.
    let escaping: KeyEscaping?

    /// Typical keys, and keys with special characters.
    private static let keys = [
        "sk-5f0a4f5e8a531f6f1d2c9b77b41c7d9e", "r8_Zm9vYmFyL2Jheg+qux==", "aB3/dE5+fG7=hI9",
        #"k"e\y/&<c>'%2F+=~^"#, "Zk%25q&amp;w\\u0041x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB",
    ]

    /// Chooses a key and, for one input in three, an escaping.
    init(_ random: inout SeededRandom) {
        key = random.pick(Self.keys)
        escaping = random.oneIn(3) ? random.pick(KeyEscaping.allCases) : nil
    }

    /// Returns a string in which the server echoes the key; `nil` if it doesn't.
    func echo(_ random: inout SeededRandom) -> String? {
        guard let escaped = escaping?.escape(key, &random) else { return nil }
        return random.pick(["", "Invalid API key: ", "https://cdn.example.com/a.png?key=", "processing "])
            + escaped + random.pick(["", ".", " given", "&x=1", "/b.mp4"])
    }
}
