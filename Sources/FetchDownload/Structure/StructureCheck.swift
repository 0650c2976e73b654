package import FetchCore

/// Distinguishes whole files from truncated ones by their own structure, for transfers that don't show it.
///
/// Of a well-formed file that is the result of an encoder, no beginning is ``StructureVerdict/whole``, and the file
/// itself is never ``StructureVerdict/truncated(_:)``. Two kinds of files are exceptions, since nothing in them marks
/// their end: one whose format allows further parts behind its last one, cut exactly there, and a file that is itself
/// two files in a row. Memory is bounded by 200 kB, and time by the size of the file.
package enum StructureCheck {
    /// Returns the verdict on a file.
    ///
    /// - Parameters:
    ///   - bytes: The bytes of the file.
    ///   - format: The format that its first bytes show.
    /// - Returns: The verdict.
    /// - Throws: The error of reading.
    package static func verdict(
        on bytes: some RandomAccessBytes,
        as format: FileFormat
    ) throws(FetchError) -> StructureVerdict {
        var window = ByteWindow(bytes)
        return switch format {
        case .png: try PNGStructure.verdict(on: &window)
        case .jpeg: try JPEGStructure.verdict(on: &window)
        case .gif: try GIFStructure.verdict(on: &window)
        case .webp, .wav: try RIFFStructure.verdict(on: &window)
        case .mp4, .quickTime, .audioMP4, .avif, .heic: try BoxStructure.verdict(on: &window, as: format)
        case .glb: try GLBStructure.verdict(on: &window)
        case .zip: try ZIPStructure.verdict(on: &window)
        case .bmp, .tiff, .webm, .matroska, .mp3, .ogg, .flac, .aac, .gzip, .pdf, .html, .xml, .svg, .json, .base64,
            .text:
            .unknown
        }
    }
}
