import Foundation

/// Decompresses what a loopback server compresses: gzip with stored blocks and with fixed codes (RFC 1951).
struct ReferenceGzip {
    enum Failure: Error { case broken, tooLarge }

    private let bytes: [UInt8]
    /// In bits.
    private var place: Int

    init(_ data: Data) {
        bytes = Array(data)
        place = 10 * 8
    }

    mutating func decompressed(atMost most: Int) throws -> [UInt8] {
        guard bytes.starts(with: [0x1F, 0x8B, 8, 0]) else { throw Failure.broken }
        var output: [UInt8] = []
        var isLast = false
        while !isLast {
            isLast = try bits(1) == 1
            switch try bits(2) {
            case 0: try addStored(to: &output, most)
            case 1: try addFixed(to: &output, most)
            default: throw Failure.broken
            }
        }
        return output
    }

    private mutating func addStored(to output: inout [UInt8], _ most: Int) throws {
        place = (place + 7) / 8 * 8
        let count = try bits(16)
        _ = try bits(16)
        guard output.count + count <= most else { throw Failure.tooLarge }
        guard place / 8 + count <= bytes.count else { throw Failure.broken }
        output += bytes[(place / 8)...].prefix(count)
        place += count * 8
    }

    private mutating func addFixed(to output: inout [UInt8], _ most: Int) throws {
        while true {
            var code = 0
            for _ in 0..<7 { code = code << 1 | (try bits(1)) }
            if code == 0 { return }
            code = code << 1 | (try bits(1))
            switch code {
            case 0x30..<0xC0: output.append(UInt8(code - 0x30))
            case 0xC5:
                // The length 258; the loopback server repeats the last byte alone.
                guard let last = output.last, try bits(5) == 0 else { throw Failure.broken }
                guard output.count + 258 <= most else { throw Failure.tooLarge }
                output += [UInt8](repeating: last, count: 258)
            default: throw Failure.broken
            }
            guard output.count <= most else { throw Failure.tooLarge }
        }
    }

    /// Up to 16 bits, the first one in the lowest place.
    private mutating func bits(_ count: Int) throws -> Int {
        guard place + count <= bytes.count * 8 else { throw Failure.broken }
        let first = place / 8
        var word = Int(bytes[first])
        if first + 1 < bytes.count { word |= Int(bytes[first + 1]) << 8 }
        if first + 2 < bytes.count { word |= Int(bytes[first + 2]) << 16 }
        word = word >> (place % 8) & (1 << count - 1)
        place += count
        return word
    }
}
