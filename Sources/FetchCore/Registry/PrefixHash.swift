/// A hash of the beginning of a text (FNV-1a, 64 bits), which costs one step a byte for all beginnings together.
///
/// It is no proof: who finds something under it compares the text.
struct PrefixHash: Hashable, Sendable {
    private var value: UInt64 = 0xCBF2_9CE4_8422_2325

    /// Goes on by a byte.
    mutating func add(_ byte: UInt8) {
        value = (value ^ UInt64(byte)) &* 0x100_0000_01B3
    }
}
