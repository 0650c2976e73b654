import FetchCore

/// The positions of the chunks of media data that a movie refers to, in the sample tables of its tracks.
enum ChunkOffsets {
    private static let maximumBoxes = 100_000

    /// Boxes that consist of others, on the way to the tables.
    private static let containers: Set = [
        BoxType.track, BoxType.media, BoxType.mediaInformation, BoxType.sampleTable,
    ]

    /// Returns the largest offset of a chunk. `nil` if there is none, if the tables are malformed, or if fragments
    /// follow the movie.
    static func last(
        in movie: Box,
        of window: inout ByteWindow<some RandomAccessBytes>
    ) throws(FetchError) -> UInt64? {
        var last: UInt64?
        var offset = movie.content
        // A container is entered by going on with its content, so that the depth doesn't matter.
        for _ in 0..<maximumBoxes {
            guard offset < movie.end else { return last }
            guard case .box(let box) = try Box.read(at: offset, in: &window), box.end <= movie.end else { return nil }
            switch box.type {
            case BoxType.movieExtends: return nil
            case BoxType.chunkOffsets, BoxType.largeChunkOffsets:
                guard let largest = try largest(in: box, of: &window) else { return nil }
                last = max(last ?? 0, largest)
                offset = box.end
            default: offset = containers.contains(box.type) ? box.content : box.end
            }
        }
        return nil
    }

    /// Returns the largest offset in a table, zero for an empty one; `nil` if the table is malformed.
    private static func largest(
        in table: Box,
        of window: inout ByteWindow<some RandomAccessBytes>
    ) throws(FetchError) -> UInt64? {
        let width: UInt64 = table.type == BoxType.chunkOffsets ? 4 : 8
        // Version and flags, and the number of entries, have four bytes each.
        guard let count = try window.bigEndian(at: table.content + 4, bytes: 4),
            table.content + 8 + count * width == table.end
        else { return nil }
        var largest: UInt64 = 0
        for index in 0..<count {
            guard let offset = try window.bigEndian(at: table.content + 8 + index * width, bytes: width) else {
                return nil
            }
            largest = max(largest, offset)
        }
        return largest
    }
}
