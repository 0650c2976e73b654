import Foundation

/// Decompresses gzip streams with stored blocks and fixed codes (RFC 1951), as a loopback server creates them.
struct ReferenceGzip {
    enum Failure: Error { case broken, tooLarge }

    private let bytes: [UInt8]
    /// The position in bits.
    private var position: Int

    init(_ data: Data) {
        bytes = Array(data)
        position = 10 * 8
    }

    mutating func decompressed(atMost maximum: Int) throws -> [UInt8] {
        guard bytes.starts(with: [0x1F, 0x8B, 8, 0]) else { throw Failure.broken }
        var output: [UInt8] = []
        var isLast = false
        while !isLast {
            isLast = try bits(1) == 1
            switch try bits(2) {
            case 0: try addStored(to: &output, maximum)
            case 1: try addFixed(to: &output, maximum)
            default: throw Failure.broken
            }
        }
        return output
    }

    private mutating func addStored(to output: inout [UInt8], _ maximum: Int) throws {
        position = (position + 7) / 8 * 8
        let count = try bits(16)
        _ = try bits(16)
        guard output.count + count <= maximum else { throw Failure.tooLarge }
        guard position / 8 + count <= bytes.count else { throw Failure.broken }
        output += bytes[(position / 8)...].prefix(count)
        position += count * 8
    }

    private mutating func addFixed(to output: inout [UInt8], _ maximum: Int) throws {
        while true {
            var code = 0
            for _ in 0..<7 { code = code << 1 | (try bits(1)) }
            if code == 0 { return }
            code = code << 1 | (try bits(1))
            switch code {
            case 0x30..<0xC0: output.append(UInt8(code - 0x30))
            case 0xC5:
                // Length 258. The loopback server only uses distance 1.
                guard let last = output.last, try bits(5) == 0 else { throw Failure.broken }
                guard output.count + 258 <= maximum else { throw Failure.tooLarge }
                output += [UInt8](repeating: last, count: 258)
            default: throw Failure.broken
            }
            guard output.count <= maximum else { throw Failure.tooLarge }
        }
    }

    /// Reads up to 16 bits. The first bit is the least significant one.
    private mutating func bits(_ count: Int) throws -> Int {
        guard position + count <= bytes.count * 8 else { throw Failure.broken }
        let first = position / 8
        var word = Int(bytes[first])
        if first + 1 < bytes.count { word |= Int(bytes[first + 1]) << 8 }
        if first + 2 < bytes.count { word |= Int(bytes[first + 2]) << 16 }
        word = word >> (position % 8) & (1 << count - 1)
        position += count
        return word
    }
}
