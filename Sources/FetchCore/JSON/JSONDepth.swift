/// Looks over JSON before a parser recurses into it.
///
/// A decoder needs stack for each level, and a thread of an app may have 512 kB of it: an answer that nests deeper
/// than any provider's must become an error, not a crash.
enum JSONDepth {
    /// Deeper than any provider's answer, and safe on the smallest stack.
    static let limit = 64

    static func exceedsLimit(_ bytes: some Sequence<UInt8>) -> Bool {
        var depth = 0
        var isInString = false
        var isEscaped = false
        for byte in bytes {
            switch byte {
            case _ where isEscaped: isEscaped = false
            case UInt8(ascii: "\\") where isInString: isEscaped = true
            case UInt8(ascii: "\""): isInString.toggle()
            case _ where isInString: break
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
            if depth > limit { return true }
        }
        return false
    }

    /// Whether the bytes are UTF-16 or UTF-32, which parsers guess and JSON forbids. Their quotation marks can't be
    /// told from bytes of other characters, so their depth can't be known.
    static func isWide(_ bytes: some Collection<UInt8>) -> Bool {
        let first = bytes.prefix(4)
        return first.contains(0) || first.starts(with: [0xFE, 0xFF]) || first.starts(with: [0xFF, 0xFE])
    }
}
