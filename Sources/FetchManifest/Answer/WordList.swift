/// Which words mean what.
///
/// A word with a star at its beginning or its end stands for all that end, begin or go on like it. A word as it is
/// comes before those, and of those the longest.
struct WordList: Sendable, Hashable {
    private struct Pattern: Sendable, Hashable {
        let text: String
        let isOpenAtStart: Bool
        let isOpenAtEnd: Bool

        init?(_ word: String) {
            (isOpenAtStart, isOpenAtEnd) = (word.hasPrefix("*"), word.hasSuffix("*"))
            guard isOpenAtStart || isOpenAtEnd else { return nil }
            text = String(word.dropFirst(isOpenAtStart ? 1 : 0).dropLast(isOpenAtEnd ? 1 : 0))
        }

        func fits(_ word: String) -> Bool {
            switch (isOpenAtStart, isOpenAtEnd) {
            case (true, true): word.contains(text)
            case (true, false): word.hasSuffix(text)
            default: word.hasPrefix(text)
            }
        }
    }

    private var words: [String: Meaning] = [:]
    private var patterns: [Pattern: Meaning] = [:]

    /// The meanings that some word has.
    var meanings: Set<Meaning> { Set(words.values).union(patterns.values) }

    /// Adds a word, or returns the meaning that it has already.
    mutating func add(_ word: String, _ meaning: Meaning) -> Meaning? {
        if let pattern = Pattern(word) {
            if let known = patterns[pattern] { return known }
            patterns[pattern] = meaning
        } else {
            if let known = words[word] { return known }
            words[word] = meaning
        }
        return nil
    }

    func meaning(of word: String) -> Meaning? {
        if let meaning = words[word] { return meaning }
        let fitting = patterns.filter { $0.key.fits(word) }
        // Of two of the same length the one that sorts first, so that the same answer always means the same.
        return fitting.min { ($1.key.text.count, $0.key.text) < ($0.key.text.count, $1.key.text) }?.value
    }
}
