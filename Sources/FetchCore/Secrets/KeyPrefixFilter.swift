/// A filter for the offsets at which an encoded or plain key may begin.
///
/// It tests sixteen offsets in parallel, and two bytes per offset: a key begins with an escape character, or with its
/// first byte followed by its second byte or an escape character. Most responses have no such offset. Candidates are
/// compared in full.
struct KeyPrefixFilter: Sendable {
    private typealias Block = SIMD16<UInt8>
    private typealias Marks = SIMDMask<SIMD16<Int8>>

    /// The first two bytes of a key, each repeated in all bytes of a block.
    private struct Pair: Sendable {
        let first: Block
        let second: Block
    }

    private let pairs: [Pair]

    /// Prepares the filter.
    ///
    /// - Parameter keys: Keys of at least two bytes.
    init(of keys: [String]) {
        let prefixes = Set(keys.map { Array($0.utf8.prefix(2)) })
        pairs = prefixes.map { Pair(first: Block(repeating: $0[0]), second: Block(repeating: $0[1])) }
    }

    /// Returns the first offset from `start` on at which a key may begin, or `nil` if there is none.
    func first(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        guard let base = bytes.baseAddress else { return nil }
        var index = start
        // Loads a block, and the block that begins one byte later.
        while index + 17 <= bytes.count {
            let block = base.loadUnaligned(fromByteOffset: index, as: Block.self)
            let following = base.loadUnaligned(fromByteOffset: index + 1, as: Block.self)
            if let offset = marks(block, following).firstIndex { return index + offset }
            index += 16
        }
        guard index < bytes.count else { return nil }
        let last = Block(paddingWithZeros: UnsafeRawBufferPointer(rebasing: bytes[index...]))
        let following = Block(paddingWithZeros: UnsafeRawBufferPointer(rebasing: bytes[(index + 1)...]))
        return marks(last, following).firstIndex.map { index + $0 }
    }

    /// Marks the bytes at which a key may begin.
    private func marks(_ block: Block, _ following: Block) -> Marks {
        let followingEscapes = Self.escapes(in: following)
        var marks = Self.escapes(in: block)
        for pair in pairs { marks .|= (block .== pair.first) .& ((following .== pair.second) .| followingEscapes) }
        return marks
    }

    private static func escapes(in block: Block) -> Marks {
        (block .== percents) .| (block .== backslashes) .| (block .== ampersands)
    }

    // Blocks, since the comparison of a block with a byte isn't vectorized.
    private static let percents = Block(repeating: UInt8(ascii: "%"))
    private static let backslashes = Block(repeating: UInt8(ascii: "\\"))
    private static let ampersands = Block(repeating: UInt8(ascii: "&"))
}

extension SIMD16<UInt8> {
    /// Creates a block of at most sixteen bytes and zeros, which no key contains.
    fileprivate init(paddingWithZeros bytes: UnsafeRawBufferPointer) {
        self.init()
        withUnsafeMutableBytes(of: &self) { $0.copyMemory(from: bytes) }
    }
}

extension SIMDMask<SIMD16<Int8>> {
    /// The first marked index, or `nil` if none is marked.
    fileprivate var firstIndex: Int? {
        // A mask has all bits of each marked byte, so each half is a word whose lowest bit is of the first marked byte.
        let words = unsafeBitCast(self, to: SIMD2<UInt64>.self)
        if words.x | words.y == 0 { return nil }
        let (low, high) = (UInt64(littleEndian: words.x), UInt64(littleEndian: words.y))
        return low != 0 ? low.trailingZeroBitCount / 8 : 8 + high.trailingZeroBitCount / 8
    }
}
