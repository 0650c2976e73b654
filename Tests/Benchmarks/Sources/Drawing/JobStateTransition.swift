import Foundation

/// A rule in the documentation of a job's states: the states before it, the state after it, and its condition.
package struct JobStateTransition: Equatable {
    package var sources: [String]
    package var target: String
    package var condition: String

    /// Reads the rules in a source file: the lines with an arrow in a doc comment.
    ///
    /// - Parameter source: The text of the file.
    /// - Returns: The rules in their order.
    /// - Throws: ``PictureError`` if there is none.
    package static func all(in source: String) throws(PictureError) -> [JobStateTransition] {
        let transitions = source.split(separator: "\n").compactMap { line -> JobStateTransition? in
            guard let rule = line.wholeMatch(of: /\s*\/\/\/ ([\w, ]+) → (\w+)\s+(.+)/) else { return nil }
            return JobStateTransition(
                sources: rule.1.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) },
                target: String(rule.2),
                condition: rule.3.trimmingCharacters(in: .whitespaces)
            )
        }
        guard !transitions.isEmpty else { throw PictureError("the source has no transitions of a job's states") }
        return transitions
    }
}
