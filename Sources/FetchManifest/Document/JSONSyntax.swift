import FetchCore

/// Finds where a text stops being JSON, and members that stand twice: the toolchain's parser tells neither.
///
/// It builds no values. What it lets through goes to the parser.
struct JSONSyntax {
    struct Flaw: Error {
        let line: Int
        let column: Int
        let reason: String
        let remedy: String
    }

    /// Deeper than any manifest, and safe on the smallest stack.
    private static let deepest = 32

    /// More than any manifest has, and parsed within a moment.
    private static let mostValues = 10_000

    private let bytes: [UInt8]
    private var position = 0
    private var depth = 0
    private var count = 0

    init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

    /// Throws where the text isn't exactly one JSON value.
    mutating func check() throws(Flaw) {
        try value()
        skipSpace()
        if position < bytes.count { throw flaw("something stands behind the document's end") }
    }

    private mutating func value() throws(Flaw) {
        skipSpace()
        count += 1
        guard count <= Self.mostValues else {
            throw flaw("it holds more than \(Self.mostValues) values", "Describe one endpoint, and nothing else.")
        }
        switch next {
        case UInt8(ascii: "{"): try nested { checker throws(Flaw) in try checker.members() }
        case UInt8(ascii: "["): try nested { checker throws(Flaw) in try checker.elements() }
        case UInt8(ascii: "\""): _ = try string()
        default: try scalar()
        }
    }

    private mutating func nested(_ read: (inout Self) throws(Flaw) -> Void) throws(Flaw) {
        depth += 1
        guard depth <= Self.deepest else {
            throw flaw("it is nested deeper than \(Self.deepest) levels", "A manifest needs a handful.")
        }
        position += 1
        try read(&self)
        depth -= 1
    }

    private mutating func members() throws(Flaw) {
        var names: Set<String> = []
        skipSpace()
        if take("}") { return }
        repeat {
            skipSpace()
            let start = position
            guard next == UInt8(ascii: "\"") else { throw flaw("a member's name in quotation marks is missing") }
            let name = try string()
            guard names.insert(name).inserted else {
                throw flaw("\(Excerpt(name)) stands twice in one object", "Keep one of the two.", at: start)
            }
            skipSpace()
            guard take(":") else { throw flaw("a colon is missing") }
            try value()
            skipSpace()
        } while take(",")
        guard take("}") else { throw flaw("a comma or the closing brace is missing") }
    }

    private mutating func elements() throws(Flaw) {
        skipSpace()
        if take("]") { return }
        repeat {
            try value()
            skipSpace()
        } while take(",")
        guard take("]") else { throw flaw("a comma or the closing bracket is missing") }
    }
}

extension JSONSyntax {
    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
    }

    /// A string, without looking at its escapes but for those that make two names the same.
    private mutating func string() throws(Flaw) -> String {
        let start = position
        position += 1
        while let byte = next, byte != UInt8(ascii: "\"") {
            guard byte >= 0x20 else { throw flaw("a text isn't closed on its line") }
            position += byte == UInt8(ascii: "\\") ? 2 : 1
        }
        guard take("\"") else { throw flaw("a text isn't closed", at: start) }
        return JSONText.unescaped(bytes[start..<position])
    }

    /// A number, `true`, `false` or `null`; whether a number is well formed is the parser's to say.
    private mutating func scalar() throws(Flaw) {
        let start = position
        while let byte = next, !Self.ends.contains(byte) { position += 1 }
        let word = bytes[start..<position]
        guard !word.isEmpty else { throw flaw("a value is missing") }
        guard !JSONText.isScalar(word) else { return }
        // A longer word isn't repeated: it may be a key without its quotation marks.
        let name = word.count < 6 ? Excerpt(bytes: word).description : "what stands there"
        throw flaw("\(name) is no value of JSON", at: start)
    }

    private static let ends = Set(",:]}[{\" \t\n\r".utf8)

    private func flaw(
        _ reason: String,
        _ remedy: String = "Correct the JSON there, or just before.",
        at place: Int? = nil
    ) -> Flaw {
        let before = bytes.prefix(place ?? position)
        let line = before.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        return Flaw(line: line.count, column: (line.last?.count ?? 0) + 1, reason: reason, remedy: remedy)
    }
}
