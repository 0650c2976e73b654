/// A filter for the offsets at which an encoded or plain key may begin.
///
/// It tests sixteen offsets in parallel, and two bytes per offset: a key begins with an escape character, or with its
/// first byte followed by its second byte or an escape character. Most responses have no such offset. Candidates are
/// compared in full.
struct KeyPrefixFilter: Sendable {
    /// The first two bytes of a key, each repeated in all bytes of a block.
    private struct Pair: Sendable {
        let first: ByteBlock
        let second: ByteBlock
    }

    private let pairs: [Pair]

    /// Prepares the filter.
    ///
    /// - Parameter keys: Keys of at least two bytes.
    init(of keys: [String]) {
        let prefixes = Set(keys.map { Array($0.utf8.prefix(2)) })
        pairs = prefixes.map { Pair(first: .each($0[0]), second: .each($0[1])) }
    }

    /// Returns the first offset from `start` on at which a key may begin, or `nil` if there is none.
    func first(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        guard let base = bytes.baseAddress else { return nil }
        var index = start
        // Loads a block, and the block that begins one byte later.
        while index + 17 <= bytes.count {
            let marks = marks(ByteBlock(base, at: index), ByteBlock(base, at: index + 1))
            if let offset = marks.firstIndex { return index + offset }
            index += 16
        }
        guard index < bytes.count else { return nil }
        // No key contains a zero.
        let last = ByteBlock(paddingWithZeros: UnsafeRawBufferPointer(rebasing: bytes[index...]))
        let following = ByteBlock(paddingWithZeros: UnsafeRawBufferPointer(rebasing: bytes[(index + 1)...]))
        return marks(last, following).firstIndex.map { index + $0 }
    }

    /// Marks the bytes at which a key may begin.
    private func marks(_ block: ByteBlock, _ following: ByteBlock) -> ByteBlock.Marks {
        let followingEscapes = Self.escapes(in: following)
        var marks = Self.escapes(in: block)
        for pair in pairs { marks .|= (block .== pair.first) .& ((following .== pair.second) .| followingEscapes) }
        return marks
    }

    private static func escapes(in block: ByteBlock) -> ByteBlock.Marks {
        (block .== .each(UInt8(ascii: "%"))) .| (block .== .each(UInt8(ascii: "\\")))
            .| (block .== .each(UInt8(ascii: "&")))
    }
}
