import FetchCore

/// A JSON syntax checker that locates the first error and rejects duplicate members, which the toolchain's parser
/// doesn't.
///
/// It builds no values. The parser reads the documents that it accepts.
struct JSONSyntax {
    struct Problem: Error {
        let line: Int
        let column: Int
        let reason: String
        let remedy: String
    }

    /// The maximum nesting depth. Bounds the recursion on threads with a small stack.
    private static let maximumDepth = 32

    /// The maximum number of values. Bounds the time to parse a document.
    private static let maximumValueCount = 10_000

    private let bytes: [UInt8]
    private var position = 0
    private var depth = 0
    private var count = 0

    init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

    /// Checks that the bytes are exactly one JSON value.
    mutating func check() throws(Problem) {
        try value()
        skipWhitespace()
        if position < bytes.count { throw problem("unexpected content follows the document") }
    }

    private mutating func value() throws(Problem) {
        skipWhitespace()
        count += 1
        guard count <= Self.maximumValueCount else {
            throw problem("it contains more than \(Self.maximumValueCount) values", "Describe only one endpoint.")
        }
        switch next {
        case UInt8(ascii: "{"): try nested { checker throws(Problem) in try checker.members() }
        case UInt8(ascii: "["): try nested { checker throws(Problem) in try checker.elements() }
        case UInt8(ascii: "\""): _ = try string()
        default: try scalar()
        }
    }

    private mutating func nested(_ read: (inout Self) throws(Problem) -> Void) throws(Problem) {
        depth += 1
        guard depth <= Self.maximumDepth else {
            throw problem(
                "it is nested deeper than \(Self.maximumDepth) levels",
                "Remove levels; a manifest needs only a few."
            )
        }
        position += 1
        try read(&self)
        depth -= 1
    }

    private mutating func members() throws(Problem) {
        var names: Set<String> = []
        skipWhitespace()
        if take("}") { return }
        repeat {
            skipWhitespace()
            let start = position
            guard next == UInt8(ascii: "\"") else { throw problem("a member name in quotation marks is missing") }
            let name = try string()
            guard names.insert(name).inserted else {
                throw problem("\(Excerpt(name)) occurs twice in one object", "Remove one of the two.", at: start)
            }
            skipWhitespace()
            guard take(":") else { throw problem("a colon is missing") }
            try value()
            skipWhitespace()
        } while take(",")
        guard take("}") else { throw problem("a comma or the closing brace is missing") }
    }

    private mutating func elements() throws(Problem) {
        skipWhitespace()
        if take("]") { return }
        repeat {
            try value()
            skipWhitespace()
        } while take(",")
        guard take("]") else { throw problem("a comma or the closing bracket is missing") }
    }
}

extension JSONSyntax {
    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func skipWhitespace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    /// Reads a string and decodes its escapes, so that differently escaped duplicates of a name are found.
    private mutating func string() throws(Problem) -> String {
        let start = position
        position += 1
        while let byte = next, byte != UInt8(ascii: "\"") {
            guard byte >= 0x20 else { throw problem("a string isn't closed on its line") }
            position += byte == UInt8(ascii: "\\") ? 2 : 1
        }
        guard take("\"") else { throw problem("a string isn't closed", at: start) }
        return JSONToken.unescaped(bytes[start..<position])
    }

    /// Reads a number, `true`, `false` or `null`.
    private mutating func scalar() throws(Problem) {
        let start = position
        while let byte = next, !Self.delimiters.contains(byte) { position += 1 }
        let token = bytes[start..<position]
        guard !token.isEmpty else { throw problem("a value is missing") }
        guard !JSONToken.isScalar(token) else { return }
        // The error doesn't repeat a longer token: it may be a key without quotation marks.
        let name = token.count < 6 ? Excerpt(bytes: token).description : "the text"
        throw problem("\(name) is not a JSON value", at: start)
    }

    private static let delimiters = Set(",:]}[{\" \t\n\r".utf8)

    private func problem(
        _ reason: String,
        _ remedy: String = "Correct the JSON at or before this position.",
        at offset: Int? = nil
    ) -> Problem {
        let before = bytes.prefix(offset ?? position)
        let lines = before.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        return Problem(line: lines.count, column: (lines.last?.count ?? 0) + 1, reason: reason, remedy: remedy)
    }
}
