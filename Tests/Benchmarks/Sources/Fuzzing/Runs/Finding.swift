/// An input that broke something.
package struct Finding: Sendable, Codable, CustomStringConvertible {
    /// Which input of its target's run it is.
    package var index: UInt64

    /// What it broke.
    package var words: String

    /// The input, escaped.
    package var input: String

    /// Creates a finding.
    package init(index: UInt64, words: String, input: String) {
        (self.index, self.words, self.input) = (index, words, input)
    }

    /// All of it, on several lines.
    package var description: String { "input \(index): \(words)\n\(input)" }
}
