/// A table from status values to meanings.
///
/// A value may begin or end with the wildcard `*`. An exact value takes precedence over a pattern, and a longer pattern
/// over a shorter one.
struct MeaningTable: Sendable, Hashable {
    private var values: [String: Meaning] = [:]
    private var patterns: [ValuePattern: Meaning] = [:]

    /// All meanings that at least one value has.
    var meanings: Set<Meaning> { Set(values.values).union(patterns.values) }

    /// Adds a value unless the table already contains it.
    ///
    /// - Parameters:
    ///   - value: A status value or a pattern.
    ///   - meaning: Its meaning.
    /// - Returns: The existing meaning of the value, or `nil` if the value was added.
    mutating func add(_ value: String, _ meaning: Meaning) -> Meaning? {
        if let pattern = ValuePattern(value) {
            if let known = patterns[pattern] { return known }
            patterns[pattern] = meaning
        } else {
            if let known = values[value] { return known }
            values[value] = meaning
        }
        return nil
    }

    /// The values without wildcards, with their meanings.
    var exactValues: [String: Meaning] { values }

    func meaning(of value: String) -> Meaning? {
        guard value.utf8.count <= ManifestLimits.statusSize else { return nil }
        if let meaning = values[value] { return meaning }
        let matches = patterns.filter { $0.key.matches(value) }
        // Patterns of equal length are ordered by their text, so that the result is deterministic.
        return matches.min { ($1.key.text.count, $0.key.text) < ($0.key.text.count, $1.key.text) }?.value
    }
}
