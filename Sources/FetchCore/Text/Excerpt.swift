/// The beginning of a string from outside, on one line and in quotation marks, for use in a message.
package struct Excerpt: CustomStringConvertible {
    package let description: String

    /// Creates an excerpt of a string.
    ///
    /// - Parameters:
    ///   - text: A string from outside.
    ///   - longest: The maximum number of Unicode scalars. Defaults to 120.
    package init(_ text: some StringProtocol, longest: Int = 120) {
        description = "“\(text.onOneLine(longest: longest))”"
    }

    /// Creates an excerpt of UTF-8 bytes. Invalid bytes are replaced.
    package init(bytes: some Collection<UInt8>, longest: Int = 120) {
        // A scalar takes at most four bytes.
        self.init(String(decoding: bytes.prefix(longest * 4 + 4), as: UTF8.self), longest: longest)
    }
}

extension StringProtocol {
    /// Returns the first scalars of the text, with control characters, line separators and bidirectional controls
    /// replaced by spaces.
    ///
    /// A truncated text ends with an ellipsis.
    package func onOneLine(longest: Int) -> String {
        let shown = unicodeScalars.prefix(longest).map { ExcerptCharacters.isPrintable($0) ? Character($0) : " " }
        return String(shown) + (unicodeScalars.dropFirst(longest).isEmpty ? "" : "…")
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
