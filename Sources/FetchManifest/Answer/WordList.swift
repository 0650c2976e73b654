/// Which words mean what. A word that ends in a star stands for all that begin like it; the longest that fits counts.
struct WordList: Sendable, Hashable {
    private var words: [String: Meaning] = [:]
    private var beginnings: [String: Meaning] = [:]

    /// The meanings that some word has.
    var meanings: Set<Meaning> { Set(words.values).union(beginnings.values) }

    /// Adds a word, or returns the meaning that it has already.
    mutating func add(_ word: String, _ meaning: Meaning) -> Meaning? {
        if let known = word.hasSuffix("*") ? beginnings[String(word.dropLast())] : words[word] { return known }
        if word.hasSuffix("*") { beginnings[String(word.dropLast())] = meaning } else { words[word] = meaning }
        return nil
    }

    func meaning(of word: String) -> Meaning? {
        if let meaning = words[word] { return meaning }
        return beginnings.filter { word.hasPrefix($0.key) }.max { $0.key.count < $1.key.count }?.value
    }
}
