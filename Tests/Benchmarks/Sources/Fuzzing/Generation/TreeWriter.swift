/// Writes a tree as servers do, which differ in what they escape.
package struct TreeWriter {
    /// What a server escapes besides what it must.
    package struct Style: Sendable {
        var escapesSlashes = false
        /// Letters and digits as codes, one in so many; nil for none.
        var codes: Int?
        var space = ""

        /// Nothing is escaped that needn't be.
        package static let plain = Self()

        /// A style, a plain one more often than not.
        package static func any(_ dice: inout Dice) -> Self {
            Self(
                escapesSlashes: dice.oneIn(4),
                codes: dice.oneIn(8) ? 1 + dice.below(4) : nil,
                space: dice.oneIn(6) ? dice.pick([" ", "\n", "\t\r\n  "]) : ""
            )
        }
    }

    private let style: Style
    private var dice: Dice
    private var bytes: [UInt8] = []

    private init(_ style: Style, _ dice: Dice) {
        (self.style, self.dice) = (style, dice)
    }

    /// The text of a tree.
    package static func bytes(of tree: Tree, _ style: Style, _ dice: Dice) -> [UInt8] {
        var writer = TreeWriter(style, dice)
        writer.write(tree)
        return writer.bytes
    }

    private mutating func write(_ tree: Tree) {
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
            case ..<0x20: bytes += Spelling.code(byte).utf8
            default:
                if let codes = style.codes, Spelling.isLetterOrDigit(byte), dice.oneIn(codes) {
                    bytes += Spelling.code(byte).utf8
                } else {
                    bytes.append(byte)
                }
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
