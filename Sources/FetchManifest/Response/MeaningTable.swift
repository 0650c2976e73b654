/// A table from status values to meanings.
///
/// A value may begin or end with the wildcard `*`. An exact value takes precedence over a pattern, and a longer pattern
/// over a shorter one.
struct MeaningTable: Sendable, Hashable {
    private struct Pattern: Sendable, Hashable {
        let text: String
        let hasLeadingWildcard: Bool
        let hasTrailingWildcard: Bool

        init?(_ value: String) {
            (hasLeadingWildcard, hasTrailingWildcard) = (value.hasPrefix("*"), value.hasSuffix("*"))
            guard hasLeadingWildcard || hasTrailingWildcard else { return nil }
            text = String(value.dropFirst(hasLeadingWildcard ? 1 : 0).dropLast(hasTrailingWildcard ? 1 : 0))
        }

        func matches(_ value: String) -> Bool {
            switch (hasLeadingWildcard, hasTrailingWildcard) {
            case (true, true): value.contains(text)
            case (true, false): value.hasSuffix(text)
            default: value.hasPrefix(text)
            }
        }
    }

    private var values: [String: Meaning] = [:]
    private var patterns: [Pattern: Meaning] = [:]

    /// All meanings that at least one value has.
    var meanings: Set<Meaning> { Set(values.values).union(patterns.values) }

    /// Adds a value unless the table already contains it.
    ///
    /// - Parameters:
    ///   - value: A status value or a pattern.
    ///   - meaning: Its meaning.
    /// - Returns: The existing meaning of the value, or `nil` if the value was added.
    mutating func add(_ value: String, _ meaning: Meaning) -> Meaning? {
        if let pattern = Pattern(value) {
            if let known = patterns[pattern] { return known }
            patterns[pattern] = meaning
        } else {
            if let known = values[value] { return known }
            values[value] = meaning
        }
        return nil
    }

    func meaning(of value: String) -> Meaning? {
        if let meaning = values[value] { return meaning }
        let matches = patterns.filter { $0.key.matches(value) }
        // Patterns of equal length are ordered by their text, so that the result is deterministic.
        return matches.min { ($1.key.text.count, $0.key.text) < ($0.key.text.count, $1.key.text) }?.value
    }
}
