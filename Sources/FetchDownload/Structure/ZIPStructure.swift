import FetchCore

/// The end record of a ZIP archive and the directory in front of it
/// ([APPNOTE](https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT), section 4.3).
enum ZIPStructure {
    private static let endRecord: [UInt8] = [0x50, 0x4B, 5, 6]
    private static let directoryEntry: [UInt8] = [0x50, 0x4B, 1, 2]
    private static let endRecord64: [UInt8] = [0x50, 0x4B, 6, 6]
    private static let locator64: [UInt8] = [0x50, 0x4B, 6, 7]

    /// An end record has 22 bytes and a comment of at most 65,535.
    private static let (recordSize, maximumComment): (UInt64, UInt64) = (22, 0xFFFF)

    static func verdict(on window: inout ByteWindow<some RandomAccessBytes>) throws(FetchError) -> StructureVerdict {
        guard window.length >= recordSize else { return .truncated("it ends before its directory") }
        var hasRecord = false
        var offset = window.length - min(window.length, recordSize + maximumComment)
        // The last record that ends with the file counts. Others are those of an archive within this one.
        var verdict = StructureVerdict.unknown
        while let next = try window.firstOffset(of: endRecord[0], from: offset), next <= window.length - recordSize {
            offset = next + 1
            guard try window.contains(endRecord, at: next) else { continue }
            hasRecord = true
            guard let comment = try window.littleEndian(at: next + 20, bytes: 2),
                next + recordSize + comment == window.length
            else { continue }
            verdict = try isConsistent(next, in: &window) ? .whole : verdict
        }
        return hasRecord ? verdict : .truncated("it ends before its directory")
    }

    /// Returns true if the directory lies directly in front of the end record, within a single archive.
    private static func isConsistent(
        _ record: UInt64,
        in window: inout ByteWindow<some RandomAccessBytes>
    ) throws(FetchError) -> Bool {
        guard try window.littleEndian(at: record + 4, bytes: 4) == 0,
            var count = try window.littleEndian(at: record + 10, bytes: 2),
            var size = try window.littleEndian(at: record + 12, bytes: 4),
            var start = try window.littleEndian(at: record + 16, bytes: 4)
        else { return false }
        var end = record
        if count == 0xFFFF || size == 0xFFFF_FFFF || start == 0xFFFF_FFFF, record >= 20,
            try window.contains(locator64, at: record - 20)
        {
            guard let record64 = try window.littleEndian(at: record - 12, bytes: 8),
                record64 <= record - 32,
                try window.contains(endRecord64, at: record64),
                try window.littleEndian(at: record64 + 4, bytes: 8) == record - 20 - record64 - 12,
                let count64 = try window.littleEndian(at: record64 + 32, bytes: 8),
                let size64 = try window.littleEndian(at: record64 + 40, bytes: 8),
                let start64 = try window.littleEndian(at: record64 + 48, bytes: 8)
            else { return false }
            (count, size, start, end) = (count64, size64, start64, record64)
        }
        guard start <= end, end - start == size else { return false }
        if count == 0 { return size == 0 && start == 0 }
        return try window.contains(directoryEntry, at: start)
    }
}
