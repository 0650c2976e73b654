/// Ids as databases and people have them: the provider's own, and others.
struct IDText {
    /// An id as the endpoint takes it.
    let usual: String

    /// The usual one, or another that may be none at all.
    func any(_ dice: inout Dice) -> String {
        switch dice.below(8) {
        case 0...3: return usual
        case 4: return "\(Int64(bitPattern: dice.next()) >> Int64(dice.below(63)))"
        case 5:
            return dice.pick([
                "9223372036854775807", "-9223372036854775808", "9223372036854775808", "0", "007", "-0", "+7",
            ])
        case 6: return Self.odd(&dice)
        default:
            let place = usual.index(usual.startIndex, offsetBy: dice.below(usual.count + 1))
            return usual[..<place] + Self.odd(&dice) + usual[place...]
        }
    }

    /// A text of signs that have a meaning somewhere.
    static func odd(_ dice: inout Dice) -> String {
        (0...dice.below(6)).map { _ in dice.pick(pieces) }.joined()
    }

    private static let pieces = [
        "a", "7", "/", "?", "#", "%", "%2F", "%2e", "..", ".", "&", "=", "+", " ", ":", ";", "@", "{", "}", "{id}",
        "\\", "\"", "'",
        "<", "\u{301}", "e\u{301}", "é", "\u{200D}", "\u{202E}", "👩‍👧", "ﬁ", "\u{0}", "\n", "\u{85}", "//", "../", "~",
        "!", "$", "*",
        "http://", "[", "]", "^", "`", "|", ",", "-", "_", "ü", "日本", "\u{FEFF}", "Z",
    ]
}
