import FetchCore

/// The chunks of a PNG file ([PNG specification, section 5](https://www.w3.org/TR/png-3/#5DataRep)): they begin with
/// IHDR and end with IEND.
enum PNGStructure {
    private static let (header, data, end): (UInt64, UInt64, UInt64) = (0x4948_4452, 0x4944_4154, 0x4945_4E44)

    static func verdict(on window: inout ByteWindow<some RandomAccessBytes>) throws(FetchError) -> StructureVerdict {
        guard try window.contains([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], at: 0) else { return .unknown }
        var offset: UInt64 = 8
        var hasData = false
        while true {
            guard let size = try window.bigEndian(at: offset, bytes: 4),
                let type = try window.bigEndian(at: offset + 4, bytes: 4)
            else { return .truncated("it ends before its IEND chunk") }
            guard size <= Int32.max, isType(type), (offset == 8) == (type == header) else { return .unknown }
            // A chunk has a length, a type and a checksum around its data.
            guard let next = window.end(of: size + 12, at: offset) else {
                return .truncated("it ends within a chunk")
            }
            if type == data { hasData = true }
            if type == end { return size == 0 && hasData && next == window.length ? .whole : .unknown }
            offset = next
        }
    }

    /// Returns true if all four bytes are letters.
    private static func isType(_ type: UInt64) -> Bool {
        (0..<4).allSatisfy { index in
            let byte = UInt8(truncatingIfNeeded: type >> (8 * index))
            return ASCII.isLowercaseLetter(byte) || ASCII.isUppercaseLetter(byte)
        }
    }
}
