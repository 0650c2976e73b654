/// A generator of valid and invalid ids for an endpoint.
struct IDSample {
    /// A valid id.
    let valid: String

    /// Returns the valid id or a random one, which may be invalid.
    func any(_ random: inout SeededRandom) -> String {
        switch random.below(8) {
        case 0...3: return valid
        case 4: return "\(Int64(bitPattern: random.next()) >> Int64(random.below(63)))"
        case 5:
            return random.pick([
                "9223372036854775807", "-9223372036854775808", "9223372036854775808", "0", "007", "-0", "+7",
            ])
        case 6: return Self.special(&random)
        default:
            let index = valid.index(valid.startIndex, offsetBy: random.below(valid.count + 1))
            return valid[..<index] + Self.special(&random) + valid[index...]
        }
    }

    /// Returns a string of characters with a special meaning in URLs, JSON, HTML or Unicode.
    static func special(_ random: inout SeededRandom) -> String {
        (0...random.below(6)).map { _ in random.pick(pieces) }.joined()
    }

    private static let pieces = [
        "a", "7", "/", "?", "#", "%", "%2F", "%2e", "..", ".", "&", "=", "+", " ", ":", ";", "@", "{", "}", "{id}",
        "\\", "\"", "'",
        "<", "\u{301}", "e\u{301}", "é", "\u{200D}", "\u{202E}", "👩‍👧", "ﬁ", "\u{0}", "\n", "\u{85}", "//", "../", "~",
        "!", "$", "*",
        "http://", "[", "]", "^", "`", "|", ",", "-", "_", "ü", "日本", "\u{FEFF}", "Z",
    ]
}
