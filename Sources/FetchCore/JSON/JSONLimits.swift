/// Looks over JSON before a decoder works on it.
///
/// A decoder needs stack for each level, and a thread of an app may have 512 kB of it; and it needs some microseconds for
/// each value and each escape, in which no deadline is kept. An answer that nests deeper or holds more than any provider's
/// must become an error, not a crash and not a long wait.
enum JSONLimits {
    /// Deeper than any provider's answer, and safe on the smallest stack.
    static let depth = 64

    /// Values and escapes: more than any provider's answer has, and decoded within a second or two.
    static let size = 200_000

    /// What is wrong with the bytes, or nil.
    static func flaw(in bytes: some Collection<UInt8>) -> String? {
        if isWide(bytes) { return "the answer is not JSON in UTF-8" }
        var scan = Scan()
        for byte in bytes {
            scan.read(byte)
            if scan.depth > depth { return "the answer is nested deeper than \(depth) levels" }
            if scan.size > size { return "the answer holds more than \(size) values and escapes" }
        }
        return nil
    }

    private struct Scan {
        var depth = 0
        var size = 0
        private var isInString = false
        private var isEscaped = false

        mutating func read(_ byte: UInt8) {
            switch byte {
            case _ where isEscaped:
                isEscaped = false
            case UInt8(ascii: "\\") where isInString:
                isEscaped = true
                size += 1
            case UInt8(ascii: "\""):
                isInString.toggle()
            case _ where isInString:
                break
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                size += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
            case UInt8(ascii: ","):
                size += 1
            default:
                break
            }
        }
    }

    /// Whether the bytes are UTF-16 or UTF-32, which parsers guess and JSON forbids. Their quotation marks can't be
    /// told from bytes of other characters, so their depth can't be known.
    private static func isWide(_ bytes: some Collection<UInt8>) -> Bool {
        let first = bytes.prefix(4)
        return first.contains(0) || first.starts(with: [0xFE, 0xFF]) || first.starts(with: [0xFF, 0xFE])
    }
}
