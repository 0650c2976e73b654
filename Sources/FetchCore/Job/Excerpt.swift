/// The beginning of a text from outside, on one line, in quotation marks, fit to stand in a message.
package struct Excerpt: CustomStringConvertible {
    package let description: String

    package init(_ text: some StringProtocol, longest: Int = 120) {
        description = "“\(text.onOneLine(longest: longest))”"
    }

    package init(bytes: some Collection<UInt8>, longest: Int = 120) {
        // Four bytes are the most that one scalar takes.
        self.init(String(decoding: bytes.prefix(longest * 4 + 4), as: UTF8.self), longest: longest)
    }
}

extension StringProtocol {
    /// The beginning of the text, without anything that could break a line or turn the direction of writing.
    package func onOneLine(longest: Int) -> String {
        let shown = unicodeScalars.prefix(longest).map { Excerptable.isPlain($0) ? Character($0) : " " }
        return String(shown) + (unicodeScalars.dropFirst(longest).isEmpty ? "" : "…")
    }
}

private enum Excerptable {
    static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: false
        default: !scalar.properties.isBidiControl
        }
    }
}
