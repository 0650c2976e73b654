#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Bytes in the format of gzip (RFC 1952), without a library: packed to no less than they were, or a bomb.
package enum GzipStream {
    /// The header of a stream (RFC 1952, section 2.3): deflate, no name, no time.
    package static let head: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]

    /// The bytes in blocks that are stored as they are.
    static func packed(_ data: Data) -> Data {
        let bytes = Array(data)
        var result = head
        var start = 0
        repeat {
            let block = bytes[start...].prefix(0xFFFF)
            start += block.count
            let count = UInt16(block.count)
            result.append(start == bytes.count ? 1 : 0)
            result += littleEndian(UInt32(count) | UInt32(~count) << 16)
            result += block
        } while start < bytes.count
        return Data(result + littleEndian(checksum(of: bytes)) + littleEndian(UInt32(truncatingIfNeeded: bytes.count)))
    }

    /// The beginning of a stream that can be as long as wished: a block with the fixed codes of deflate (RFC 1951), in it one space, and
    /// one code of ``bombCycle``, after which the next begins at a byte.
    package static let bombHead = head + bits(of: [(0, 1), (0b01, 2), (0b0000_1010, 8)] + bombCodes(1))

    /// "258 bytes as the one before", again and again, up to the end of a byte: 13 bytes that stand for 2,064, and 500 times that.
    package static let bombCycle = Array(repeatElement(bits(of: bombCodes(8)), count: 500).joined())

    /// How many bytes a cycle is unpacked to.
    static let bombCycleBytes = 258 * 8 * 500

    /// The code of the length 258 and that of the distance 1.
    private static func bombCodes(_ count: Int) -> [(UInt32, Int)] {
        Array(repeating: (0b0_0000_1010_0011, 13), count: count)
    }

    /// Bits as deflate packs them, the first in the lowest place of the first byte.
    private static func bits(of codes: [(code: UInt32, count: Int)]) -> [UInt8] {
        var result: [UInt8] = []
        var (buffer, filled): (UInt32, Int) = (0, 0)
        for (code, count) in codes {
            buffer |= code << filled
            filled += count
            while filled >= 8 {
                result.append(UInt8(truncatingIfNeeded: buffer))
                (buffer, filled) = (buffer >> 8, filled - 8)
            }
        }
        return result
    }

    /// The CRC-32 of the bytes.
    private static func checksum(of bytes: [UInt8]) -> UInt32 {
        let polynomial: UInt32 = 0xEDB8_8320
        var rest = ~UInt32(0)
        for byte in bytes {
            rest ^= UInt32(byte)
            for _ in 0..<8 { rest = rest & 1 == 0 ? rest >> 1 : (rest >> 1) ^ polynomial }
        }
        return ~rest
    }

    private static func littleEndian(_ number: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }
}
