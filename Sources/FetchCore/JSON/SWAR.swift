/// Operations on the eight bytes of a word at once.
enum SWAR {
    /// The byte, eight times.
    @inline(__always)
    static func each(_ byte: UInt8) -> UInt64 { 0x0101_0101_0101_0101 &* UInt64(byte) }

    /// The eight bytes from that place on, the first one lowest.
    @inline(__always)
    static func word(_ base: UnsafeRawPointer, at place: Int) -> UInt64 {
        UInt64(littleEndian: base.loadUnaligned(fromByteOffset: place, as: UInt64.self))
    }

    /// Marks zero bytes by their highest bit. A borrow may mark bytes above a zero byte, so that the lowest mark is right and all
    /// zero bytes are marked.
    @inline(__always)
    static func zeros(in word: UInt64) -> UInt64 { (word &- each(1)) & ~word & each(0x80) }

    /// Marks bytes below a limit of at most 0x80, with the same reservation.
    @inline(__always)
    static func bytes(in word: UInt64, below limit: UInt8) -> UInt64 { (word &- each(limit)) & ~word & each(0x80) }

    /// The number of the lowest byte with a mark.
    @inline(__always)
    static func lowestByte(_ marks: UInt64) -> Int { marks.trailingZeroBitCount / 8 }

    /// Whether there is a zero byte.
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
