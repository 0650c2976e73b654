import FetchCore

/// The length in the header of a binary glTF file
/// ([glTF 2.0, section 4.4](https://registry.khronos.org/glTF/specs/2.0/glTF-2.0.html#binary-header)).
enum GLBStructure {
    static func verdict(on window: inout ByteWindow<some RandomAccessBytes>) throws(FetchError) -> StructureVerdict {
        guard try window.contains("glTF".utf8, at: 0) else { return .unknown }
        guard let length = try window.littleEndian(at: 8, bytes: 4) else {
            return .truncated("it ends within its header")
        }
        // A header and the header of one chunk.
        guard length >= 20 else { return .unknown }
        if window.length == length { return .whole }
        guard window.length < length else { return .unknown }
        return .truncated("it has \(window.length) of the \(length) bytes that its header states")
    }
}
