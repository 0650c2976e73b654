/// A filter for the offsets at which an encoded or plain key may begin.
///
/// It tests eight offsets in parallel, and two bytes per offset: a key begins with an escape character, or with its
/// first byte followed by its second byte or an escape character. Most responses have no such offset. Candidates are
/// compared in full.
struct KeyPrefixFilter: Sendable {
    /// The first two bytes of a key, each repeated in all bytes of a word.
    private struct Pair: Sendable {
        let first: UInt64
        let second: UInt64
    }

    private let pairs: [Pair]

    /// Prepares the filter.
    ///
    /// - Parameter keys: Keys of at least two bytes.
    init(of keys: [String]) {
        let prefixes = Set(keys.map { Array($0.utf8.prefix(2)) })
        pairs = prefixes.map { Pair(first: SWAR.each($0[0]), second: SWAR.each($0[1])) }
    }

    /// Returns the first offset from `start` on at which a key may begin, or `nil` if there is none.
    func first(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        guard let base = bytes.baseAddress else { return nil }
        var index = start
        // Loads a word, and the word that begins one byte later.
        while index + 9 <= bytes.count {
            let marks = marks(SWAR.word(base, at: index), SWAR.word(base, at: index + 1))
            if marks != 0 { return index + SWAR.lowestByte(marks) }
            index += 8
        }
        guard index < bytes.count else { return nil }
        // The last bytes are padded with zeros, which no key contains.
        var first: UInt64 = 0
        for offset in (index..<bytes.count).reversed() { first = first << 8 | UInt64(bytes[offset]) }
        let marks = marks(first, first >> 8)
        return marks != 0 ? index + SWAR.lowestByte(marks) : nil
    }

    /// Marks the bytes at which a key may begin. The lowest mark is exact; higher ones may be false positives.
    private func marks(_ word: UInt64, _ following: UInt64) -> UInt64 {
        let escapes = Self.escapes(in: word)
        let followingEscapes = Self.escapes(in: following)
        var marks = escapes
        for pair in pairs {
            marks |= SWAR.zeros(in: word ^ pair.first) & (SWAR.zeros(in: following ^ pair.second) | followingEscapes)
        }
        return marks
    }

    private static func escapes(in word: UInt64) -> UInt64 {
        SWAR.zeros(in: word ^ percents) | SWAR.zeros(in: word ^ backslashes) | SWAR.zeros(in: word ^ ampersands)
    }

    private static let percents = SWAR.each(UInt8(ascii: "%"))
    private static let backslashes = SWAR.each(UInt8(ascii: "\\"))
    private static let ampersands = SWAR.each(UInt8(ascii: "&"))
}
