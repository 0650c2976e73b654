import FetchCore

/// A condition on the value at one path of a response: its values, its kinds, or both.
struct Condition: Sendable, Hashable {
    let path: ValuePath

    /// The path as written, on one line, for errors.
    let text: String

    private let values: Set<String>
    private let patterns: Set<ValuePattern>
    private let kinds: Set<ValueKind>

    /// Creates a condition on the values and kinds that are accepted.
    init(_ path: ValuePath, _ text: String, values: [String], kinds: Set<ValueKind>) {
        (self.path, self.text, self.kinds) = (path, text.onOneLine(maxLength: 120), kinds)
        patterns = Set(values.compactMap { ValuePattern($0) })
        self.values = Set(values.filter { ValuePattern($0) == nil })
    }

    func holds(for value: JSONValue?) -> Bool {
        if kinds.contains(ValueKind(value)) { return true }
        guard let text = value?.scalarText, text.utf8.count <= ManifestLimits.statusSize else { return false }
        return accepts(text)
    }

    /// Returns true if a status value with this text satisfies the condition.
    func accepts(_ text: String) -> Bool { values.contains(text) || patterns.contains { $0.matches(text) } }

    /// All kinds of values that can satisfy the condition.
    var possibleKinds: Set<ValueKind> {
        let hasValues = !values.isEmpty || !patterns.isEmpty
        return kinds.union(hasValues ? ValueKind.scalars : []).intersection(path.possibleKinds)
    }

    /// The values without wildcards, if only those satisfy the condition.
    var onlyValues: Set<String>? { kinds.isEmpty && patterns.isEmpty ? values : nil }

    /// Returns true if each value that satisfies the other condition satisfies this one too.
    ///
    /// Patterns are compared as written, so the result may be false for two patterns that imply each other.
    func isImplied(by other: Condition) -> Bool {
        path == other.path && other.kinds.isSubset(of: kinds) && other.patterns.isSubset(of: patterns)
            && other.values.allSatisfy(accepts)
    }
}
