/// A line of text whose parts have styles.
package struct StyledLine: Sendable, Hashable {
    /// A part of a line with one style.
    package struct Span: Sendable, Hashable {
        package var text: String
        package var style: TextStyle
    }

    /// The parts, from left to right.
    package private(set) var spans: [Span] = []

    /// Creates a line of one part.
    package init(_ text: String = "", _ style: TextStyle = .plain) {
        if !text.isEmpty { spans = [Span(text: text, style: style)] }
    }

    /// The text without styles.
    package var text: String { spans.map(\.text).joined() }

    /// The number of columns.
    package var width: Int { spans.reduce(0) { $0 + DisplayWidth.of($1.text) } }

    /// Returns both lines as one.
    package static func + (one: Self, other: Self) -> Self {
        var line = one
        line.spans += other.spans
        return line
    }

    /// Appends a line.
    package static func += (one: inout Self, other: Self) { one.spans += other.spans }

    /// Returns the beginning of the line that fits into a number of columns, with an ellipsis if anything is left out.
    package func cut(to width: Int) -> Self {
        guard self.width > width else { return self }
        var (line, rest) = (Self(), max(width - 1, 0))
        for span in spans {
            let fitting = span.text.prefix { character in
                rest -= DisplayWidth.of(character)
                return rest >= 0
            }
            line.spans.append(Span(text: String(fitting), style: span.style))
            if rest < 0 { break }
        }
        return width > 0 ? line + Self("…") : line
    }

    /// Returns the line with control sequences for its styles.
    package func rendered(colours: Bool) -> String {
        guard colours else { return text }
        return spans.map { $0.style == .plain ? $0.text : "\u{1B}[\($0.style.rawValue)m\($0.text)\u{1B}[0m" }.joined()
    }
}
