/// What endpoint names and provider identifiers look like.
enum NameGrammar {
    private static let longest = 128

    static func accepts(_ text: String) -> Bool {
        guard text.utf8.count <= longest else { return false }
        let words = text.utf8.split(omittingEmptySubsequences: false) { separators.contains($0) }
        return words.allSatisfy { word in !word.isEmpty && word.allSatisfy(isLetterOrDigit) }
    }

    private static let separators: [UInt8] = [UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_")]

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
