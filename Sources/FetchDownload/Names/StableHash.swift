/// A hash of a string's bytes that is the same in each process and version (FNV-1a, 64 bits), as 16 hexadecimal digits.
///
/// It isn't cryptographic: two strings that are made for it may have the same hash.
package struct StableHash: Sendable, Hashable, CustomStringConvertible {
    package let description: String

    package init(of text: String) {
        var value: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text.utf8 { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
        let digits = String(value, radix: 16)
        description = String(repeating: "0", count: 16 - digits.count) + digits
    }
}
