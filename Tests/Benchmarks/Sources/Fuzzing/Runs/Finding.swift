/// An input that violates an invariant.
package struct Finding: Sendable, Codable, CustomStringConvertible {
    /// The index of the input among those of its target.
    package var index: UInt64

    /// The description of the violation.
    package var words: String

    /// The escaped input.
    package var input: String

    package init(index: UInt64, words: String, input: String) {
        (self.index, self.words, self.input) = (index, words, input)
    }

    /// The finding on several lines.
    package var description: String { "input \(index): \(words)\n\(input)" }
}
