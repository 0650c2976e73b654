/// Operations on the eight bytes of a word in parallel (SIMD within a register).
enum SWAR {
    /// Returns a word with the byte in all eight positions.
    @inline(__always)
    static func each(_ byte: UInt8) -> UInt64 { 0x0101_0101_0101_0101 &* UInt64(byte) }

    /// Loads the eight bytes from an offset on, with the first byte in the lowest position.
    @inline(__always)
    static func word(_ base: UnsafeRawPointer, at offset: Int) -> UInt64 {
        UInt64(littleEndian: base.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    /// Returns a word in which the highest bit of each zero byte is set.
    ///
    /// All zero bytes are marked, and the lowest mark is exact. A borrow may mark further bytes above a zero byte.
    @inline(__always)
    static func zeros(in word: UInt64) -> UInt64 { (word &- each(1)) & ~word & each(0x80) }

    /// Returns a word in which the highest bit of each byte below a limit is set, with the accuracy of ``zeros(in:)``.
    ///
    /// The limit is at most 0x80.
    @inline(__always)
    static func bytes(in word: UInt64, below limit: UInt8) -> UInt64 { (word &- each(limit)) & ~word & each(0x80) }

    /// Returns the position of the lowest marked byte, from 0 to 7.
    @inline(__always)
    static func lowestByte(_ marks: UInt64) -> Int { marks.trailingZeroBitCount / 8 }

    /// Returns true if the buffer contains a zero byte.
    static func containsZero(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let base = bytes.baseAddress else { return false }
        var index = 0
        while index + 8 <= bytes.count {
            if zeros(in: word(base, at: index)) != 0 { return true }
            index += 8
        }
        return bytes[index...].contains(0)
    }
}
