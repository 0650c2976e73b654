/// A generator of random sequences of JSON tokens and of single tokens in many forms.
enum JSONTokens {
    private static let structure = [
        "{", "}", "[", "]", ",", ":", " ", "\n", "\t", "\r", "[[", "]]", "{\"a\":", "\u{FEFF}",
    ]

    private static let words = [
        "true", "false", "null", "NaN", "Infinity", "-Infinity", "nul", "TRUE", "-NaN", "infinity", "Nan", "undefined",
    ]

    private static let stringPieces = [
        "a", "b", "0", " ", "é", "😀", "\u{7F}", "\u{2028}", "\\n", "\\\"", "\\\\", "\\/", "\\b", "\\u0041", "\\u00e9",
        "\\ud83d\\ude00", "\\ud83d", "\\ude00", "\\u0000", "\\u", "\\x", "\n", "\u{1}", "abcdefgh", "\\uD83D\\uDE0",
        "e\u{301}",
    ]

    /// Returns a sequence of tokens, which is rarely balanced.
    static func any(_ random: inout SeededRandom) -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0..<(1 + random.below(24)) {
            switch random.below(6) {
            case 0: bytes += number(&random)
            case 1: bytes += string(&random)
            case 2: bytes += random.pick(words).utf8
            default: bytes += random.pick(structure).utf8
            }
        }
        return bytes
    }

    /// Returns an array with one number, string or literal, or an object with one member.
    static func single(_ random: inout SeededRandom) -> [UInt8] {
        switch random.below(4) {
        case 0: Array("[".utf8) + number(&random) + Array("]".utf8)
        case 1: Array("[".utf8) + string(&random) + Array("]".utf8)
        case 2: Array("{".utf8) + string(&random) + Array(":".utf8) + number(&random) + Array("}".utf8)
        default: Array("[".utf8) + Array(random.pick(words).utf8) + Array("]".utf8)
        }
    }

    private static func number(_ random: inout SeededRandom) -> [UInt8] {
        if random.oneIn(8) { return (0..<1 + random.below(6)).map { _ in random.pick(Array("-+.eE01".utf8)) } }
        var text = random.oneIn(3) ? "-" : ""
        text += random.oneIn(4) ? "0" : digits(&random, first: "123456789")
        if random.oneIn(3) { text += "." + digits(&random, first: "0123456789") }
        if random.oneIn(3) { text += random.pick(["e", "E", "e-", "e+", "E-"]) + random.pick(exponents) }
        return Array(text.utf8)
    }

    private static let exponents = ["0", "1", "2", "05", "18", "22", "23", "307", "308", "330", "999"]

    private static func digits(_ random: inout SeededRandom, first: String) -> String {
        let all = Array("0123456789")
        let length = random.pick([0, 0, 1, 2, 6, 14, 16, 17, 18, 19, 20, 40])
        let zeros = random.oneIn(6)
        return String(random.pick(Array(first))) + String((0..<length).map { _ in zeros ? "0" : random.pick(all) })
    }

    private static func string(_ random: inout SeededRandom) -> [UInt8] {
        var bytes = Array("\"".utf8)
        for _ in 0..<random.below(8) { bytes += random.pick(stringPieces).utf8 }
        if random.oneIn(10) { bytes += [UInt8(random.below(256)), UInt8(random.below(256))] }
        return bytes + Array("\"".utf8)
    }
}
