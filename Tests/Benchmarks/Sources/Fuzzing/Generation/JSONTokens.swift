/// Texts of JSON's tokens in any order, and texts of one token in all its forms.
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

    /// Tokens one behind the other, more often than not balanced by chance only.
    static func any(_ dice: inout Dice) -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0..<(1 + dice.below(24)) {
            switch dice.below(6) {
            case 0: bytes += number(&dice)
            case 1: bytes += string(&dice)
            case 2: bytes += dice.pick(words).utf8
            default: bytes += dice.pick(structure).utf8
            }
        }
        return bytes
    }

    /// An array of one number, string or word, or an object with one name.
    static func single(_ dice: inout Dice) -> [UInt8] {
        switch dice.below(4) {
        case 0: Array("[".utf8) + number(&dice) + Array("]".utf8)
        case 1: Array("[".utf8) + string(&dice) + Array("]".utf8)
        case 2: Array("{".utf8) + string(&dice) + Array(":".utf8) + number(&dice) + Array("}".utf8)
        default: Array("[".utf8) + Array(dice.pick(words).utf8) + Array("]".utf8)
        }
    }

    private static func number(_ dice: inout Dice) -> [UInt8] {
        if dice.oneIn(8) { return (0..<1 + dice.below(6)).map { _ in dice.pick(Array("-+.eE01".utf8)) } }
        var text = dice.oneIn(3) ? "-" : ""
        text += dice.oneIn(4) ? "0" : digits(&dice, first: "123456789")
        if dice.oneIn(3) { text += "." + digits(&dice, first: "0123456789") }
        if dice.oneIn(3) { text += dice.pick(["e", "E", "e-", "e+", "E-"]) + dice.pick(exponents) }
        return Array(text.utf8)
    }

    private static let exponents = ["0", "1", "2", "05", "18", "22", "23", "307", "308", "330", "999"]

    private static func digits(_ dice: inout Dice, first: String) -> String {
        let all = Array("0123456789")
        let length = dice.pick([0, 0, 1, 2, 6, 14, 16, 17, 18, 19, 20, 40])
        let zeros = dice.oneIn(6)
        return String(dice.pick(Array(first))) + String((0..<length).map { _ in zeros ? "0" : dice.pick(all) })
    }

    private static func string(_ dice: inout Dice) -> [UInt8] {
        var bytes = Array("\"".utf8)
        for _ in 0..<dice.below(8) { bytes += dice.pick(stringPieces).utf8 }
        if dice.oneIn(10) { bytes += [UInt8(dice.below(256)), UInt8(dice.below(256))] }
        return bytes + Array("\"".utf8)
    }
}
