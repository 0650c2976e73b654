/// The characters in the content of a JSON string: each is one byte, or an escape sequence of several.
struct JSONCharacters {
    private let bytes: UnsafeRawBufferPointer
    /// The offset at which a character begins.
    private var offset = 0

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// Returns true if a character begins at an offset, or if it is the end. The offsets must not decrease.
    mutating func begin(at wanted: Int) -> Bool {
        while offset < wanted {
            let isEscape = bytes[offset] == UInt8(ascii: "\\")
            let isCode = isEscape && offset + 1 < bytes.count && bytes[offset + 1] == UInt8(ascii: "u")
            offset += isCode ? 6 : isEscape ? 2 : 1
        }
        return offset == wanted
    }

    /// Returns the same without moving on.
    func wouldBegin(at wanted: Int) -> Bool {
        var copy = self
        return copy.begin(at: wanted)
    }
}
