/// The Levenshtein distance between strings.
package enum EditDistance {
    /// Returns the number of characters to insert, delete or replace. Only the first 200 characters of `one` count.
    package static func between(_ one: String, _ other: String) -> Int {
        let other = Array(other)
        var row = Array(0...other.count)
        for (rowIndex, character) in one.prefix(200).enumerated() {
            var diagonal = row[0]
            row[0] = rowIndex + 1
            for column in other.indices {
                let replacing = diagonal + (character == other[column] ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(replacing, row[column] + 1, row[column + 1] + 1)
            }
        }
        return row[other.count]
    }
}
