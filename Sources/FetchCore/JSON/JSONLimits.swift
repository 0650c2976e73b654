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

    /// Deeper than values usually stand. A decoder that finds another type than it tried writes down the way to it, so that a
    /// value below this level counts twice for each level.
    private static let usualDepth = 8

    /// A decoder that can't read a text or a number counts the lines in front of it, so that it counts once more for so many
    /// bytes.
    private static let bytesCountedAsOne = 256

    /// What is wrong with the bytes, or nil.
    static func flaw(in bytes: UnsafeRawBufferPointer) -> String? {
        if isWide(bytes) { return "the answer is not JSON in UTF-8" }
        var depth = 0
        var size = 0
        var index = 0
        while index < bytes.count {
            switch bytes[index] {
            case quote:
                let text = JSONTextScan(bytes, from: index + 1)
                size += text.escapes + (text.isReadable ? 0 : index / bytesCountedAsOne)
                index = text.end
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                size += weight(at: depth)
                if depth > self.depth { return "the answer is nested deeper than \(self.depth) levels" }
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: ","): size += weight(at: depth)
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                let number = JSONNumberScan(bytes, from: index)
                if !number.isReadable { size += index / bytesCountedAsOne }
                index = number.end - 1
            default: break
            }
            if size > self.size { return "the answer holds more than \(self.size) values and escapes" }
            index += 1
        }
        return nil
    }

    private static func weight(at depth: Int) -> Int { depth > usualDepth ? 2 * depth : 1 }

    private static let quote = UInt8(ascii: "\"")

    /// Whether the bytes are UTF-16 or UTF-32, which parsers guess and JSON forbids. Their quotation marks can't be
    /// told from bytes of other characters, so their depth can't be known.
    private static func isWide(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let first = bytes.prefix(4)
        return first.contains(0) || first.starts(with: [0xFE, 0xFF]) || first.starts(with: [0xFF, 0xFE])
    }
}
