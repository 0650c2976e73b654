/// The number of columns that text takes in a terminal.
package enum DisplayWidth {
    /// Returns the width of a string.
    package static func of(_ text: String) -> Int {
        // Most text is ASCII, and the display is drawn often.
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text.utf8.count }
        return text.reduce(0) { $0 + of($1) }
    }

    /// Returns the width of a character: 0 for combining and invisible ones, 2 for wide ones and emoji, 1 otherwise.
    package static func of(_ character: Character) -> Int {
        guard let first = character.unicodeScalars.first else { return 0 }
        switch first.properties.generalCategory {
        case .control, .format, .nonspacingMark, .enclosingMark, .surrogate: return 0
        default: break
        }
        // The variation selector 16 requests the picture of a character that is text otherwise.
        if character.unicodeScalars.contains("\u{FE0F}"), first.properties.isEmoji { return 2 }
        if first.properties.isEmojiPresentation { return 2 }
        return wideRanges.contains { $0.contains(first.value) } ? 2 : 1
    }

    /// The ranges of the Unicode property East_Asian_Width with the values Wide and Fullwidth, without emoji.
    private static let wideRanges: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0xA4CF,
        0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF00...0xFF60,
        0xFFE0...0xFFE6, 0x16FE0...0x18AFF, 0x1B000...0x1B2FF, 0x20000...0x3FFFD,
    ]
}

extension String {
    /// Returns the string with spaces behind it, so that it takes a number of columns.
    package func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(width - DisplayWidth.of(self), 0))
    }

    /// Returns the string with spaces before it, so that it takes a number of columns.
    package func aligned(right width: Int) -> String {
        String(repeating: " ", count: max(width - DisplayWidth.of(self), 0)) + self
    }

    /// Returns the beginning and the end of the string with an ellipsis between them, if it takes too many columns.
    package func shortened(to width: Int) -> String {
        guard DisplayWidth.of(self) > width else { return self }
        guard width > 1 else { return width == 1 ? "…" : "" }
        // The end of a job's name is its id, which tells it from the others.
        let tail = fitting(reversed(), in: (width - 1) * 2 / 3)
        let head = fitting(Array(self), in: width - 1 - (width - 1) * 2 / 3)
        return String(head) + "…" + String(tail.reversed())
    }

    private func fitting(_ characters: some Sequence<Character>, in width: Int) -> [Character] {
        var rest = width
        return characters.prefix { character in
            rest -= DisplayWidth.of(character)
            return rest >= 0
        }
    }
}
