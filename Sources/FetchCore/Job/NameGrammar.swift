/// The grammar of endpoint names and provider identifiers: `word *( separator word )`, with words of `a-z` and `0-9`.
enum NameGrammar {
    private static let maximumLength = 128

    static func accepts(_ text: String) -> Bool {
        guard text.utf8.count <= maximumLength else { return false }
        var isInWord = false
        for byte in text.utf8 {
            if ASCII.isLowercaseLetter(byte) || ASCII.isDigit(byte) {
                isInWord = true
            } else {
                guard isInWord, isSeparator(byte) else { return false }
                isInWord = false
            }
        }
        return isInWord
    }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }
}
