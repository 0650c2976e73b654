/// The values of a template's placeholders by name.
///
/// Most templates have one or two placeholders, for which a linear search is faster than a dictionary.
package struct TemplateValues: Sendable, Hashable {
    private struct Entry: Sendable, Hashable {
        let name: String
        let value: JobID
    }

    private var entries: [Entry] = []

    init() {}

    /// Creates values for one placeholder.
    init(_ name: String, _ value: String) {
        entries = [Entry(name: name, value: JobID(value))]
    }

    /// The value of the placeholder with that name, or `nil` if there is none.
    package subscript(name: String) -> String? {
        entries.first { $0.name == name }?.value.text
    }

    /// The names of the placeholders, in the order in which they were added.
    package var names: [String] { entries.map(\.name) }

    /// The values, in the order of ``names``.
    package var values: [String] { entries.map(\.value.text) }

    /// Returns the values of the placeholders with these names.
    package func only(_ names: Set<String>) -> Self {
        var filtered = Self()
        filtered.entries = entries.filter { names.contains($0.name) }
        return filtered
    }

    /// Adds a value. Returns false if the placeholder already has a different one.
    mutating func add(_ value: String, for name: String) -> Bool {
        if let known = entries.first(where: { $0.name == name }) { return known.value == JobID(value) }
        entries.append(Entry(name: name, value: JobID(value)))
        return true
    }

    /// Returns true if the values of all names are those of another one, byte for byte.
    func contains(_ others: Self) -> Bool { others.entries.allSatisfy(entries.contains) }

    /// Returns these values together with others, which take precedence.
    func merging(_ others: [String: String]) -> Self {
        var merged = self
        merged.entries.removeAll { others[$0.name] != nil }
        merged.entries += others.map { Entry(name: $0.key, value: JobID($0.value)) }
        return merged
    }
}
