import FetchCore

/// The header of a box: its type, and where its content begins and ends.
struct Box {
    enum Reading {
        case box(Box)
        /// The file ends within the header.
        case incomplete
        /// The box extends to the end of the file, wherever that is.
        case unbounded
        /// The size is smaller than the header, or no offset.
        case malformed
    }

    let type: UInt64
    let content: UInt64
    /// The end, which may be behind that of the file.
    let end: UInt64

    /// Reads the header at an offset.
    static func read(
        at offset: UInt64,
        in window: inout ByteWindow<some RandomAccessBytes>
    ) throws(FetchError) -> Reading {
        guard let size = try window.bigEndian(at: offset, bytes: 4),
            let type = try window.bigEndian(at: offset + 4, bytes: 4)
        else { return .incomplete }
        switch size {
        case 0: return .unbounded
        case 1:
            guard let largeSize = try window.bigEndian(at: offset + 8, bytes: 8) else { return .incomplete }
            return box(type, at: offset, header: 16, size: largeSize)
        default: return box(type, at: offset, header: 8, size: size)
        }
    }

    private static func box(_ type: UInt64, at offset: UInt64, header: UInt64, size: UInt64) -> Reading {
        let (end, hasOverflowed) = offset.addingReportingOverflow(size)
        guard size >= header, !hasOverflowed else { return .malformed }
        return .box(Self(type: type, content: offset + header, end: end))
    }
}

/// The types of the boxes that are read, as big-endian integers.
enum BoxType {
    static let fileType: UInt64 = 0x6674_7970  // ftyp
    static let movie: UInt64 = 0x6D6F_6F76  // moov
    static let mediaData: UInt64 = 0x6D64_6174  // mdat
    static let fragment: UInt64 = 0x6D6F_6F66  // moof
    static let metadata: UInt64 = 0x6D65_7461  // meta
    static let track: UInt64 = 0x7472_616B  // trak
    static let media: UInt64 = 0x6D64_6961  // mdia
    static let mediaInformation: UInt64 = 0x6D69_6E66  // minf
    static let sampleTable: UInt64 = 0x7374_626C  // stbl
    static let chunkOffsets: UInt64 = 0x7374_636F  // stco
    static let largeChunkOffsets: UInt64 = 0x636F_3634  // co64
    static let movieExtends: UInt64 = 0x6D76_6578  // mvex
}
