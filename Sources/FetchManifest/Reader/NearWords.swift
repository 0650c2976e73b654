import FetchCore

/// What a misspelt word may have meant.
struct NearWords {
    /// The word that is nearest, if one is near.
    let nearest: String?

    private let words: [String]

    init(to word: String, among words: [String]) {
        self.words = words
        let small = word.lowercased()
        nearest =
            words
            .map { (word: $0, distance: EditDistance.between(small, $0.lowercased())) }
            .filter {
                $0.distance <= max(1, word.count / 3) || (small.count > 2 && $0.word.lowercased().hasPrefix(small))
            }
            .min { ($0.distance, $0.word) < ($1.distance, $1.word) }?
            .word
    }

    var remedy: String {
        if let nearest { return "Did you mean \(nearest)?" }
        return words.isEmpty ? "Leave it out." : "There is \(words.sorted().joined(separator: ", "))."
    }
}
