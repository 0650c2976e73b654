import FetchCore

/// A suggestion for a misspelt name: the valid name with the smallest edit distance.
struct SpellingSuggestion {
    /// The closest valid name, or `nil` if none is similar.
    let nearest: String?

    private let names: [String]

    init(for name: String, among names: [String]) {
        self.names = names
        let lowercased = name.lowercased()
        nearest =
            names
            .map { (name: $0, distance: EditDistance.between(lowercased, $0.lowercased())) }
            .filter {
                $0.distance <= max(1, name.count / 3)
                    || (lowercased.count > 2 && $0.name.lowercased().hasPrefix(lowercased))
            }
            .min { ($0.distance, $0.name) < ($1.distance, $1.name) }?
            .name
    }

    var remedy: String {
        if let nearest { return "Did you mean \(nearest)?" }
        return names.isEmpty ? "Remove it." : "Use one of: \(names.sorted().joined(separator: ", "))."
    }
}
