/// The beginning of a string from outside, on one line and in quotation marks, for use in a message.
package struct Excerpt: CustomStringConvertible {
    package let description: String

    /// Creates an excerpt of a string.
    ///
    /// - Parameters:
    ///   - text: A string from outside.
    ///   - maxLength: The maximum number of Unicode scalars. Defaults to 120.
    package init(_ text: some StringProtocol, maxLength: Int = 120) {
        description = "“\(text.onOneLine(maxLength: maxLength))”"
    }

    /// Creates an excerpt of UTF-8 bytes. Invalid bytes are replaced.
    package init(bytes: some Collection<UInt8>, maxLength: Int = 120) {
        // A scalar takes at most four bytes.
        self.init(String(decoding: bytes.prefix(maxLength * 4 + 4), as: UTF8.self), maxLength: maxLength)
    }
}

extension StringProtocol {
    /// Returns the first scalars of the text, with control characters, line separators and bidirectional controls
    /// replaced by spaces.
    ///
    /// A truncated text ends with an ellipsis.
    package func onOneLine(maxLength: Int) -> String {
        let shown = unicodeScalars.prefix(maxLength).map { ExcerptCharacters.isPrintable($0) ? Character($0) : " " }
        return String(shown) + (unicodeScalars.dropFirst(maxLength).isEmpty ? "" : "…")
    }
}

private enum ExcerptCharacters {
    static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: false
        default: !scalar.properties.isBidiControl
        }
    }
}
