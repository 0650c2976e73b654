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
    static func flaw(in bytes: UnsafeRawBufferPointer) -> String? {
        if isWide(bytes) { return "the answer is not JSON in UTF-8" }
        var depth = 0
        var size = 0
        var index = 0
        while index < bytes.count {
            switch bytes[index] {
            case quote: index = skipString(in: bytes, from: index + 1, size: &size)
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                size += 1
                if depth > self.depth { return "the answer is nested deeper than \(self.depth) levels" }
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: ","): size += 1
            default: break
            }
            if size > self.size { return "the answer holds more than \(self.size) values and escapes" }
            index += 1
        }
        return nil
    }

    /// The place of the quotation mark that ends a string, or of the end of the bytes. Adds the escapes on the way.
    private static func skipString(in bytes: UnsafeRawBufferPointer, from start: Int, size: inout Int) -> Int {
        var index = start
        while index < bytes.count, bytes[index] != quote {
            if bytes[index] == UInt8(ascii: "\\") {
                size += 1
                index += 1
            }
            index += 1
        }
        return index
    }

    private static let quote = UInt8(ascii: "\"")

    /// Whether the bytes are UTF-16 or UTF-32, which parsers guess and JSON forbids. Their quotation marks can't be
    /// told from bytes of other characters, so their depth can't be known.
    private static func isWide(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let first = bytes.prefix(4)
        return first.contains(0) || first.starts(with: [0xFE, 0xFF]) || first.starts(with: [0xFF, 0xFE])
    }
}
