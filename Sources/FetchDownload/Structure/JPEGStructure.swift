import FetchCore

/// The segments of a JPEG file (ITU-T T.81, annex B): from the marker SOI to EOI.
enum JPEGStructure {
    private static let truncated = StructureVerdict.truncated("it ends before its EOI marker")

    static func verdict(on window: inout ByteWindow<some RandomAccessBytes>) throws(FetchError) -> StructureVerdict {
        guard try window.contains([0xFF, 0xD8, 0xFF], at: 0) else { return .unknown }
        var offset: UInt64 = 2
        var hasScan = false
        while true {
            guard let prefix = try window.byte(at: offset) else { return truncated }
            guard prefix == 0xFF else { return .unknown }
            // Any number of bytes FF may precede a marker.
            while try window.byte(at: offset) == 0xFF { offset += 1 }
            guard let marker = try window.byte(at: offset) else { return truncated }
            offset += 1
            switch marker {
            case 0xD9: return hasScan && offset == window.length ? .whole : .unknown
            case 0x01, 0xD0...0xD7: continue
            case 0x00, 0xD8: return .unknown
            default: break
            }
            guard let size = try window.bigEndian(at: offset, bytes: 2) else { return truncated }
            guard size >= 2 else { return .unknown }
            guard let end = window.end(of: size, at: offset) else { return truncated }
            offset = end
            guard marker == 0xDA else { continue }
            hasScan = true
            guard let next = try endOfScan(from: offset, in: &window) else { return truncated }
            offset = next
        }
    }

    /// Returns the offset of the marker that ends the entropy-coded data, or `nil` if the file ends first.
    ///
    /// Within the data, FF is followed by 00, or by a restart marker.
    private static func endOfScan(
        from start: UInt64,
        in window: inout ByteWindow<some RandomAccessBytes>
    ) throws(FetchError) -> UInt64? {
        var offset = start
        while let marker = try window.firstOffset(of: 0xFF, from: offset) {
            guard let next = try window.byte(at: marker + 1) else { return nil }
            switch next {
            case 0x00, 0xD0...0xD7: offset = marker + 2
            case 0xFF: offset = marker + 1
            default: return marker
            }
        }
        return nil
    }
}
