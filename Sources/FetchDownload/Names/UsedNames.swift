/// The file names that the downloads of one batch have taken in one folder.
///
/// Names that differ only in case, normalization or invisible characters count as equal, since they are the same file
/// on some file systems.
package struct UsedNames: Sendable {
    /// The number to try next for each name that is taken, by its folded form.
    private var nextNumbers: [String: Int] = [:]

    /// The names that outputs have taken, and those that they wanted, by the position of the output.
    private var names: [Int: (wanted: PlainFileName, taken: PlainFileName)] = [:]

    package init() {}

    /// Takes a name, or the first free one of `name-2`, `name-3` and so on.
    ///
    /// - Returns: The name that is taken.
    package mutating func take(_ name: PlainFileName) -> PlainFileName {
        let folded = FileNameCharacters.folded(name.text)
        guard var number = nextNumbers[folded] else {
            nextNumbers[folded] = 2
            return name
        }
        while true {
            let candidate = name.numbered(number)
            let key = FileNameCharacters.folded(candidate.text)
            number += 1
            guard nextNumbers[key] == nil else { continue }
            nextNumbers[folded] = number
            nextNumbers[key] = 2
            return candidate
        }
    }

    /// Takes a name for an output, in place of the one that it had.
    ///
    /// - Parameters:
    ///   - name: The name that the output should have. The same one again changes nothing.
    ///   - output: The position of the output.
    /// - Returns: The name that is taken.
    package mutating func take(_ name: PlainFileName, for output: Int) -> PlainFileName {
        if let known = names[output] {
            if known.wanted == name { return known.taken }
            nextNumbers[FileNameCharacters.folded(known.taken.text)] = nil
        }
        let taken = take(name)
        names[output] = (name, taken)
        return taken
    }
}
