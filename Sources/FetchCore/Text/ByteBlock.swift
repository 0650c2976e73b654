/// Sixteen bytes that are compared in parallel.
///
/// A byte to compare with is a block as well, since the comparison of a block with a single byte isn't vectorized.
typealias ByteBlock = SIMD16<UInt8>

extension SIMD16<UInt8> {
    /// The marks of the bytes of a block.
    typealias Marks = SIMDMask<SIMD16<Int8>>

    /// Returns a block with the byte in all sixteen positions.
    @inline(__always)
    static func each(_ byte: UInt8) -> Self { Self(repeating: byte) }

    /// Loads the sixteen bytes from an offset on.
    @inline(__always)
    init(_ base: UnsafeRawPointer, at offset: Int) {
        self = base.loadUnaligned(fromByteOffset: offset, as: Self.self)
    }

    /// Creates a block of at most sixteen bytes, padded with zeros.
    init(paddingWithZeros bytes: UnsafeRawBufferPointer) {
        self.init()
        withUnsafeMutableBytes(of: &self) { $0.copyMemory(from: bytes) }
    }

    /// Returns true if the buffer contains a zero byte.
    static func containsZero(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let base = bytes.baseAddress else { return false }
        var index = 0
        while index + 16 <= bytes.count {
            if (Self(base, at: index) .== .each(0)).firstIndex != nil { return true }
            index += 16
        }
        return bytes[index...].contains(0)
    }

    /// Returns true if all of the first bytes are ASCII.
    @inline(__always)
    func hasASCII(upTo count: Int) -> Bool {
        let words = unsafeBitCast(self, to: SIMD2<UInt64>.self)
        let (low, high) = (UInt64(littleEndian: words.x), UInt64(littleEndian: words.y))
        let highBits: UInt64 = 0x8080_8080_8080_8080
        if count >= 16 { return (low | high) & highBits == 0 }
        if count >= 8 { return (low | high & ((1 << (8 * UInt64(count - 8))) - 1)) & highBits == 0 }
        return low & ((1 << (8 * UInt64(count))) - 1) & highBits == 0
    }
}

extension SIMDMask<SIMD16<Int8>> {
    /// The first marked index, or `nil` if none is marked.
    @inline(__always)
    var firstIndex: Int? {
        // A mask has all bits of each marked byte, so the lowest bit of a half is one of its first marked byte.
        let words = unsafeBitCast(self, to: SIMD2<UInt64>.self)
        if words.x | words.y == 0 { return nil }
        let (low, high) = (UInt64(littleEndian: words.x), UInt64(littleEndian: words.y))
        return low != 0 ? low.trailingZeroBitCount / 8 : 8 + high.trailingZeroBitCount / 8
    }
}
