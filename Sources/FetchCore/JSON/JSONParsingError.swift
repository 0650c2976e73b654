/// An error that ``JSONParser`` throws if bytes aren't JSON or exceed a limit.
struct JSONParsingError: Error {
    /// The problem, as a clause without a subject: `is nested deeper than 64 levels`. It quotes nothing of the input.
    let reason: String

    /// The position of the problem, in bytes from the beginning.
    let offset: Int

    /// Returns a syntax error.
    static func syntax(_ problem: String, at offset: Int) -> Self {
        Self(reason: "is not JSON: \(problem)", offset: offset)
    }

    /// Returns a message about the parsed bytes, with the byte offset and the line number, which counts from 1.
    func description(of subject: String = "the response", in bytes: UnsafeRawBufferPointer) -> String {
        if Self.isWide(bytes) { return "\(subject) is not JSON in UTF-8" }
        let line = bytes.prefix(offset).count { $0 == UInt8(ascii: "\n") } + 1
        return "\(subject) \(reason) at byte \(offset), line \(line)"
    }

    /// Returns true if the bytes are likely to be UTF-16 or UTF-32, which RFC 8259 doesn't allow.
    private static func isWide(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let first = bytes.prefix(4)
        return first.contains(0) || first.starts(with: [0xFE, 0xFF]) || first.starts(with: [0xFF, 0xFE])
    }
}
