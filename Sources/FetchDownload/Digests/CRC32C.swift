/// The checksum CRC32C with the polynomial of Castagnoli (RFC 3385; RFC 3720, appendix B.4 has test vectors).
struct CRC32C: Sendable {
    /// The tables for the eight bytes of a word, the table of the last byte first.
    private static let tables: [UInt32] = {
        var tables = [UInt32](repeating: 0, count: 8 * 256)
        for byte in 0..<256 {
            var value = UInt32(byte)
            for _ in 0..<8 { value = value & 1 == 0 ? value >> 1 : value >> 1 ^ 0x82F6_3B78 }
            tables[byte] = value
        }
        for index in 256..<8 * 256 {
            let previous = tables[index - 256]
            tables[index] = previous >> 8 ^ tables[Int(previous & 0xFF)]
        }
        return tables
    }()

    private var state = UInt32.max

    /// The checksum of all bytes so far.
    var value: UInt32 { ~state }

    /// Adds bytes to those that are checked.
    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        var state = state
        Self.tables.withUnsafeBufferPointer { tables in
            var offset = 0
            while offset + 8 <= bytes.count {
                let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
                let mixed = word ^ UInt64(state)
                var next: UInt32 = 0
                for index in 0..<8 {
                    next ^= tables[(7 - index) * 256 + Int(mixed >> (8 * UInt64(index)) & 0xFF)]
                }
                state = next
                offset += 8
            }
            for byte in bytes[offset...] { state = state >> 8 ^ tables[Int((state ^ UInt32(byte)) & 0xFF)] }
        }
        self.state = state
    }
}
