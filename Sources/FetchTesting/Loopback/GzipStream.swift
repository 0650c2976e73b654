#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Creates gzip streams (RFC 1952) without a library: uncompressed blocks, or a decompression bomb.
package enum GzipStream {
    /// The header of a stream (RFC 1952, section 2.3): deflate, without a file name and a modification time.
    package static let head: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]

    /// Returns the data as a stream of stored blocks (RFC 1951, section 3.2.4). The result is longer than the data.
    static func compressed(_ data: Data) -> Data {
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
        return Data(result + littleEndian(crc32(of: bytes)) + littleEndian(UInt32(truncatingIfNeeded: bytes.count)))
    }

    /// The beginning of a decompression bomb: a block with the fixed codes of deflate (RFC 1951) that contains one
    /// space and one code of ``bombCycle``, so that the next code begins at a byte boundary.
    package static let bombHead = head + bits(of: [(0, 1), (0b01, 2), (0b0000_1010, 8)] + bombCodes(1))

    /// A repeatable part of a decompression bomb. Each code copies the previous byte 258 times; 13 bytes expand to
    /// 2,064 bytes, 500 times.
    package static let bombCycle = Array(repeatElement(bits(of: bombCodes(8)), count: 500).joined())

    /// The number of bytes to which one ``bombCycle`` expands.
    static let bombCycleBytes = 258 * 8 * 500

    /// Returns the code for length 258 and distance 1, repeated.
    private static func bombCodes(_ count: Int) -> [(UInt32, Int)] {
        Array(repeating: (0b0_0000_1010_0011, 13), count: count)
    }

    /// Returns the codes as bytes in the bit order of deflate: the first bit is the least significant bit of the first
    /// byte.
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

    private static func crc32(of bytes: [UInt8]) -> UInt32 {
        let polynomial: UInt32 = 0xEDB8_8320
        var remainder = ~UInt32(0)
        for byte in bytes {
            remainder ^= UInt32(byte)
            for _ in 0..<8 { remainder = remainder & 1 == 0 ? remainder >> 1 : (remainder >> 1) ^ polynomial }
        }
        return ~remainder
    }

    private static func littleEndian(_ number: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }
}
