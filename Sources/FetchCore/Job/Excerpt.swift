/// The beginning of a text from outside, on one line, in quotation marks, fit to stand in a message.
package struct Excerpt: CustomStringConvertible {
    package let description: String

    package init(_ text: some StringProtocol, longest: Int = 120) {
        let shown = text.unicodeScalars.prefix(longest).map { scalar in
            scalar.properties.generalCategory == .control ? " " : Character(scalar)
        }
        let isCut = text.unicodeScalars.dropFirst(longest).isEmpty == false
        description = "“\(String(shown))\(isCut ? "…" : "")”"
    }

    package init(bytes: some Collection<UInt8>, longest: Int = 120) {
        // Four bytes are the most that one scalar takes.
        self.init(String(decoding: bytes.prefix(longest * 4 + 4), as: UTF8.self), longest: longest)
    }
}
