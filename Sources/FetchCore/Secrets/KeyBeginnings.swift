/// A filter for the places where a spelling of a key can begin.
///
/// It looks at eight bytes at once, at two bytes of each place: a spelling begins with an escape, or with the key's first byte
/// and its second one or an escape behind it. Most responses have no such place, and what it finds is compared in full.
struct KeyBeginnings: Sendable {
    /// The first two bytes of a key, each repeated over a word.
    private struct Pair: Sendable {
        let first: UInt64
        let second: UInt64
    }

    private let pairs: [Pair]

    /// Prepares the filter.
    ///
    /// - Parameter keys: Keys of two bytes at least.
    init(of keys: [String]) {
        let beginnings = Set(keys.map { Array($0.utf8.prefix(2)) })
        pairs = beginnings.map { Pair(first: SWAR.each($0[0]), second: SWAR.each($0[1])) }
    }

    /// Returns the first place from `start` on where a spelling may begin, nil if there is none.
    func first(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        guard let base = bytes.baseAddress else { return nil }
        var index = start
        // A word of the bytes, and one of those behind them.
        while index + 9 <= bytes.count {
            let marks = marks(SWAR.word(base, at: index), SWAR.word(base, at: index + 1))
            if marks != 0 { return index + SWAR.lowestByte(marks) }
            index += 8
        }
        guard index < bytes.count else { return nil }
        // The last bytes, with zeros behind them, which no key has.
        var first: UInt64 = 0
        for place in (index..<bytes.count).reversed() { first = first << 8 | UInt64(bytes[place]) }
        let marks = marks(first, first >> 8)
        return marks != 0 ? index + SWAR.lowestByte(marks) : nil
    }

    /// Marks the bytes at which a spelling may begin. The lowest mark is right; one above it may be a mistake.
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
