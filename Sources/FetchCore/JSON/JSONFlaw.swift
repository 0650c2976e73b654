/// A reason why bytes can't be read as JSON, and its place.
struct JSONFlaw: Error {
    /// The problem, as a clause without a subject: `is nested deeper than 64 levels`. Quotes nothing of the text.
    let reason: String

    /// The place, in bytes from the beginning.
    let offset: Int

    /// A syntax error.
    static func syntax(_ problem: String, at offset: Int) -> Self {
        Self(reason: "is not JSON: \(problem)", offset: offset)
    }

    /// A sentence about these bytes, with the place in bytes from the beginning, and the line, counted from 1.
    func description(in bytes: UnsafeRawBufferPointer) -> String {
        if Self.isWide(bytes) { return "the response is not JSON in UTF-8" }
        let line = bytes.prefix(offset).count { $0 == UInt8(ascii: "\n") } + 1
        return "the response \(reason) at byte \(offset), line \(line)"
    }

    /// Whether the bytes look like UTF-16 or UTF-32, which RFC 8259 doesn't allow.
    private static func isWide(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let first = bytes.prefix(4)
        return first.contains(0) || first.starts(with: [0xFE, 0xFF]) || first.starts(with: [0xFF, 0xFE])
    }
}
