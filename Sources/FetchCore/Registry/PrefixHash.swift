/// An incremental hash of a byte string (FNV-1a, 64 bits). Hashing all prefixes of a string takes one step per byte in
/// total.
///
/// Different strings may have the same hash, so a lookup must compare the bytes as well.
struct PrefixHash: Hashable, Sendable {
    private var value: UInt64 = 0xCBF2_9CE4_8422_2325

    /// Extends the hashed string by a byte.
    mutating func add(_ byte: UInt8) {
        value = (value ^ UInt64(byte)) &* 0x100_0000_01B3
    }
}
