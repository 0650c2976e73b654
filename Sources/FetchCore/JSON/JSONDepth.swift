/// Measures how deep brackets are nested before a parser recurses into them.
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
}
