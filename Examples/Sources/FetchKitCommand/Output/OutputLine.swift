/// A line of text for standard output, or for standard error.
package struct OutputLine: Sendable, Hashable {
    /// The line, which has no end.
    package var line: StyledLine
    /// True if the line is for standard error.
    package var isError: Bool

    /// Creates a line of standard output.
    package init(_ line: StyledLine) { (self.line, isError) = (line, false) }

    /// Creates a line of standard output without styles.
    package init(_ text: String) { self.init(StyledLine(text)) }

    /// Returns a line of standard error.
    package static func error(_ text: String) -> Self {
        var line = Self(text)
        line.isError = true
        return line
    }
}
