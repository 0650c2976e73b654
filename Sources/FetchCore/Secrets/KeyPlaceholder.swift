/// Recognises a placeholder that was copied from an example in place of a key.
enum KeyPlaceholder {
    /// Parts of placeholders, in lowercase and without separators. No provider's key contains them by chance.
    private static let phrases = [
        "yourapikey", "yourkey", "yourtoken", "yoursecret", "yourpassword", "apikeyhere", "keyhere", "insertkey",
        "insertapikey", "changeme", "replaceme", "replacewith", "placeholder",
    ]

    private static let phraseFilter = KeyPrefixFilter(of: phrases)

    /// The brackets around the name of a variable in a template.
    private static let brackets: [(opening: [UInt8], closing: [UInt8])] = [
        ("<", ">"), ("[", "]"), ("{", "}"), ("${", "}"), ("$(", ")"),
    ].map { (Array($0.utf8), Array($1.utf8)) }

    /// The longest beginning of a key, such as `sk-proj-`, before characters that all are the same.
    private static let longestPrefix = 8

    /// Returns true for strings such as `your-api-key`, `<api key>`, `${KEY}`, `sk-...` and `xxxxxxxx`.
    static func matches(_ secret: String) -> Bool {
        let bytes = secret.utf8.map(ASCII.lowercased)
        return containsPhrase(bytes.filter(ASCII.isLetterOrDigit)) || isFilled(bytes)
            || brackets.contains { isName(bytes, between: $0.opening, and: $0.closing) }
    }

    private static func containsPhrase(_ letters: [UInt8]) -> Bool {
        letters.withUnsafeBytes { bytes in
            var index = 0
            while let start = phraseFilter.first(in: bytes, from: index) {
                if phrases.contains(where: { bytes[start...].starts(with: $0.utf8) }) { return true }
                index = start + 1
            }
            return false
        }
    }

    /// Returns true for `...`, `xxxx` and `****`, after the beginning of a key or alone.
    private static func isFilled(_ bytes: [UInt8]) -> Bool {
        guard let last = bytes.last else { return false }
        let run = bytes.reversed().prefix { $0 == last }.count
        switch last {
        case UInt8(ascii: "."): return run >= 3
        case UInt8(ascii: "x"), UInt8(ascii: "*"): return run >= 4 && run >= bytes.count - longestPrefix
        default: return false
        }
    }

    private static func isName(_ bytes: [UInt8], between opening: [UInt8], and closing: [UInt8]) -> Bool {
        guard bytes.count > opening.count + closing.count else { return false }
        guard bytes.starts(with: opening), bytes.suffix(closing.count).elementsEqual(closing) else { return false }
        return bytes.dropFirst(opening.count).dropLast(closing.count).allSatisfy { byte in
            ASCII.isLowercaseLetter(byte) || " _-{}".utf8.contains(byte)
        }
    }
}
