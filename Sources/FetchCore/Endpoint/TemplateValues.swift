/// The values of an id or a URL by the names of their places.
///
/// Templates have one place, or two: a list that is searched is quicker than a dictionary.
package struct TemplateValues: Sendable, Hashable {
    private struct Entry: Sendable, Hashable {
        let name: String
        let value: String
    }

    private var entries: [Entry] = []

    init() {}

    /// Creates the values of one place.
    init(_ name: String, _ value: String) {
        entries = [Entry(name: name, value: value)]
    }

    /// The value of a place.
    package subscript(name: String) -> String? {
        entries.first { $0.name == name }?.value
    }

    /// The names of the places.
    package var names: [String] { entries.map(\.name) }

    /// All values.
    package var values: [String] { entries.map(\.value) }

    /// The same values but for those of other places.
    package func only(_ names: Set<String>) -> Self {
        var few = Self()
        few.entries = entries.filter { names.contains($0.name) }
        return few
    }

    /// Adds a value, or returns false where the place has another one.
    mutating func add(_ value: String, for name: String) -> Bool {
        if let known = self[name] { return known == value }
        entries.append(Entry(name: name, value: value))
        return true
    }

    /// The same values with others added, or put in their place.
    func merging(_ others: [String: String]) -> Self {
        var merged = self
        merged.entries.removeAll { others[$0.name] != nil }
        merged.entries += others.map { Entry(name: $0.key, value: $0.value) }
        return merged
    }
}
