/// A key that is sent along and written back by the server, and must be heard of nowhere.
package struct Canary: Sendable {
    /// The key.
    package let key: String

    /// How the server of this input writes it, nil where it doesn't.
    let spelling: Spelling?

    /// Keys as providers have them, and of all signs that a key may have.
    private static let keys = [
        "sk-5f0a4f5e8a531f6f1d2c9b77b41c7d9e", "r8_Zm9vYmFyL2Jheg+qux==", "aB3/dE5+fG7=hI9",
        #"k"e\y/&<c>'%2F+=~^"#, "Zk%25q&amp;w\\u0041x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB",
    ]

    /// Draws a key and whether it is written back.
    init(_ dice: inout Dice) {
        key = dice.pick(Self.keys)
        spelling = dice.oneIn(3) ? dice.pick(Spelling.allCases) : nil
    }

    /// A text in which the server names the key.
    func echo(_ dice: inout Dice) -> String? {
        guard let spelled = spelling?.write(key, &dice) else { return nil }
        return dice.pick(["", "Invalid API key: ", "https://cdn.example.com/a.png?key=", "processing "])
            + spelled + dice.pick(["", ".", " given", "&x=1", "/b.mp4"])
    }
}
