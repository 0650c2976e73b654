/// A JSON writer with the optional escapes and white space that servers use.
package struct JSONTreeWriter {
    /// The optional escapes and white space.
    package struct Style: Sendable {
        var escapesSlashes = false
        /// Escapes one of this number of letters and digits as `\uXXXX`; `nil` for none.
        var unicodeEscapeRate: Int?
        /// The white space before each element and member.
        var space = ""

        /// The style with only the required escapes.
        package static let plain = Self()

        /// Returns a random style, which is mostly plain.
        package static func any(_ random: inout SeededRandom) -> Self {
            Self(
                escapesSlashes: random.oneIn(4),
                unicodeEscapeRate: random.oneIn(8) ? 1 + random.below(4) : nil,
                space: random.oneIn(6) ? random.pick([" ", "\n", "\t\r\n  "]) : ""
            )
        }
    }

    private let style: Style
    private var random: SeededRandom
    private var bytes: [UInt8] = []

    private init(_ style: Style, _ random: SeededRandom) {
        (self.style, self.random) = (style, random)
    }

    /// Returns the JSON text of a tree.
    package static func bytes(of tree: JSONTree, _ style: Style, _ random: SeededRandom) -> [UInt8] {
        var writer = JSONTreeWriter(style, random)
        writer.write(tree)
        return writer.bytes
    }

    private mutating func write(_ tree: JSONTree) {
        switch tree {
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                separate(index)
                write(member.name)
                bytes.append(UInt8(ascii: ":"))
                write(member.value)
            }
            bytes.append(UInt8(ascii: "}"))
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                separate(index)
                write(element)
            }
            bytes.append(UInt8(ascii: "]"))
        case .string(let text): write(text)
        case .raw(let raw): bytes += raw
        }
    }

    private mutating func separate(_ index: Int) {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        bytes += style.space.utf8
    }

    private mutating func write(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case UInt8(ascii: "/") where style.escapesSlashes: bytes += [UInt8(ascii: "\\"), byte]
            case ..<0x20: bytes += KeyEscaping.unicodeEscape(byte).utf8
            default:
                if let rate = style.unicodeEscapeRate, KeyEscaping.isLetterOrDigit(byte), random.oneIn(rate) {
                    bytes += KeyEscaping.unicodeEscape(byte).utf8
                } else {
                    bytes.append(byte)
                }
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
