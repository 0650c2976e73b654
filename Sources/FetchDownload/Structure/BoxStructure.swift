import FetchCore

/// The boxes of the ISO base media file format (ISO/IEC 14496-12): MP4, QuickTime, HEIC and AVIF.
enum BoxStructure {
    /// Files have some dozens of boxes at the top, or two for each fragment. Beyond this number, they aren't read.
    private static let maximumBoxes = 100_000

    /// The boxes at the top of a file that matter.
    private struct Found {
        var movie: Box?
        var hasMediaData = false
        var hasFragments = false
        var hasMetadata = false
        var fileTypes = 0
    }

    static func verdict(
        on window: inout ByteWindow<some RandomAccessBytes>,
        as format: FileFormat
    ) throws(FetchError) -> StructureVerdict {
        var found = Found()
        var offset: UInt64 = 0
        for _ in 0..<maximumBoxes {
            if offset == window.length { return try verdict(on: found, in: &window, as: format) }
            guard try window.bigEndian(at: offset, bytes: 8) != nil else {
                return try isPadding(from: offset, in: &window) ? .unknown : .truncated("it ends within a box")
            }
            switch try Box.read(at: offset, in: &window) {
            case .box(let box):
                guard box.end <= window.length else { return .truncated("it ends within a box") }
                note(box, in: &found)
                offset = box.end
            case .incomplete: return .truncated("it ends within a box")
            // The last box may have no size. Its end isn't known.
            case .unbounded, .malformed: return .unknown
            }
        }
        return .unknown
    }

    /// Returns true if only zeros follow, which some encoders write at the end.
    private static func isPadding(
        from start: UInt64,
        in window: inout ByteWindow<some RandomAccessBytes>
    ) throws(FetchError) -> Bool {
        var offset = start
        while let byte = try window.byte(at: offset) {
            guard byte == 0 else { return false }
            offset += 1
        }
        return true
    }

    private static func note(_ box: Box, in found: inout Found) {
        switch box.type {
        case BoxType.movie: found.movie = found.movie ?? box
        case BoxType.mediaData: found.hasMediaData = true
        case BoxType.fragment: found.hasFragments = true
        case BoxType.metadata: found.hasMetadata = true
        case BoxType.fileType: found.fileTypes += 1
        default: break
        }
    }

    /// Returns the verdict on a file whose last box ends with it.
    ///
    /// It may have been cut between two boxes. So the boxes that each file has must be present, and all data that the
    /// movie refers to.
    private static func verdict(
        on found: Found,
        in window: inout ByteWindow<some RandomAccessBytes>,
        as format: FileFormat
    ) throws(FetchError) -> StructureVerdict {
        // Any number of fragments may follow the last one. Without media data, a file may be an initialisation segment.
        // A second file type begins a second file.
        guard !found.hasFragments, found.hasMediaData, found.fileTypes < 2 else { return .unknown }
        guard let movie = found.movie else {
            if format == .avif || format == .heic { return found.hasMetadata ? .whole : .unknown }
            return found.hasMetadata ? .unknown : .truncated("it ends before its moov box")
        }
        guard let lastChunk = try ChunkOffsets.last(in: movie, of: &window) else { return .unknown }
        return lastChunk < window.length ? .whole : .unknown
    }
}
