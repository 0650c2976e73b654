import FetchCore

/// The blocks of a GIF file ([GIF89a](https://www.w3.org/Graphics/GIF/spec-gif89a.txt)): from the header to the
/// trailer.
enum GIFStructure {
    private static let truncated = StructureVerdict.truncated("it ends before its trailer")

    static func verdict(on window: inout ByteWindow<some RandomAccessBytes>) throws(FetchError) -> StructureVerdict {
        guard try window.contains("GIF8".utf8, at: 0) else { return .unknown }
        guard let flags = try window.byte(at: 10) else { return truncated }
        // Header and screen descriptor have 13 bytes.
        var offset = 13 + colorTableSize(flags)
        var hasImage = false
        while let introducer = try window.byte(at: offset) {
            switch introducer {
            case 0x3B: return hasImage && offset + 1 == window.length ? .whole : .unknown
            case 0x21: offset += 2
            case 0x2C:
                guard let flags = try window.byte(at: offset + 9) else { return truncated }
                // The image descriptor has 10 bytes, and a byte with the code size precedes the data.
                offset += 11 + colorTableSize(flags)
                hasImage = true
            default: return .unknown
            }
            guard let end = try endOfSubBlocks(from: offset, in: &window) else { return truncated }
            offset = end
        }
        return truncated
    }

    /// Returns the end of a sequence of sub-blocks, each with its size in front, up to an empty one.
    private static func endOfSubBlocks(
        from start: UInt64,
        in window: inout ByteWindow<some RandomAccessBytes>
    ) throws(FetchError) -> UInt64? {
        var offset = start
        while let size = try window.byte(at: offset) {
            offset += 1 + UInt64(size)
            if size == 0 { return offset }
        }
        return nil
    }

    private static func colorTableSize(_ flags: UInt8) -> UInt64 {
        flags & 0x80 == 0 ? 0 : 3 << (UInt64(flags & 7) + 1)
    }
}
