/// The lines at the end of a terminal that are drawn again and again: the control sequences to replace them.
package struct TerminalDisplay: Sendable {
    /// The widths of the lines that are there.
    private var widths: [Int] = []

    /// Creates a display that hasn't been drawn.
    package init() {}

    /// Removes the lines from the terminal.
    ///
    /// - Parameter columns: The current width of the terminal.
    /// - Returns: The control sequences.
    package mutating func erase(columns: Int) -> String {
        defer { widths = [] }
        return moveUp(columns) + "\r\u{1B}[J"
    }

    /// Replaces the lines. It takes a single write, which avoids flicker, and leaves the cursor below the lines.
    ///
    /// - Parameters:
    ///   - lines: The new lines, which fit into the width of the terminal.
    ///   - columns: The current width of the terminal.
    ///   - colours: True if styles are shown.
    /// - Returns: The text with control sequences.
    package mutating func draw(_ lines: [StyledLine], columns: Int, colours: Bool) -> String {
        defer { widths = lines.map(\.width) }
        let text = lines.map { "\($0.rendered(colours: colours))\u{1B}[K\n" }.joined()
        // Without wrapping, a line takes one row even if the terminal has become narrower and doesn't say so yet.
        return moveUp(columns) + "\u{1B}[?7l\r" + text + "\u{1B}[J\u{1B}[?7h"
    }

    /// A terminal that becomes narrower breaks lines that no longer fit into several. Lines that were drawn since then
    /// are at the end of as many rows.
    private func moveUp(_ columns: Int) -> String {
        let rows = widths.reduce(0) { $0 + max(($1 + columns - 1) / max(columns, 1), 1) }
        return rows > 0 ? "\u{1B}[\(rows)A" : ""
    }
}
