import FetchCore

/// The length in the header of a RIFF file: WebP ([container
/// specification](https://developers.google.com/speed/webp/docs/riff_container)) and WAV.
enum RIFFStructure {
    /// Encoders that write to a pipe can't know the length, and write a number of about this size or larger.
    private static let placeholder: UInt64 = 0x7FFF_0000

    static func verdict(on window: inout ByteWindow<some RandomAccessBytes>) throws(FetchError) -> StructureVerdict {
        guard try window.contains("RIFF".utf8, at: 0) else { return .unknown }
        guard let size = try window.littleEndian(at: 4, bytes: 4) else {
            return .truncated("it ends within its header")
        }
        let length = size + 8
        if window.length == length { return size > 4 ? .whole : .unknown }
        // A size of zero is a placeholder, too.
        guard window.length < length, size < placeholder else { return .unknown }
        return .truncated("it has \(window.length) of the \(length) bytes that its header states")
    }
}
