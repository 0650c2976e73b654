/// The text on a terminal, after the control sequences that a progress display uses.
///
/// Supported are carriage return, newline, cursor up and down, and erasing to the end of the line or of the screen.
/// Other control sequences have no effect. Lines don't wrap, and the screen doesn't scroll.
package struct TerminalScreen {
    private var cells: [[Character]] = [[]]
    private var row = 0
    private var column = 0

    /// The number of times that the cursor has moved up, once for each drawing of a progress display after the first.
    package private(set) var redraws = 0

    /// The lines without spaces at their ends. Empty lines at the end of the screen are left out.
    package var lines: [String] {
        var lines = cells.map { line in
            String(line.reversed().drop { $0 == " " }.reversed())
        }
        while lines.last == "" { lines.removeLast() }
        return lines
    }

    /// Creates an empty screen.
    package init() {}

    /// Writes output of a program up to the end, or up to a number of redraws.
    ///
    /// - Parameters:
    ///   - output: The output, with control sequences.
    ///   - limit: The number of redraws whose effect is kept. `nil` for all.
    package mutating func write(_ output: String, redraws limit: Int? = nil) {
        var rest = Substring(output)
        while let character = rest.popFirst() {
            switch character {
            case "\r\n": (row, column) = (row + 1, 0)
            case "\n": row += 1
            case "\r": column = 0
            case "\u{1B}":
                guard let sequence = Self.popControlSequence(from: &rest) else { continue }
                if sequence.final == "A" {
                    if redraws == limit { return }
                    redraws += 1
                }
                apply(sequence)
            default: put(character)
            }
        }
    }

    private static func popControlSequence(
        from rest: inout Substring
    ) -> (parameter: Int?, final: Character)? {
        guard rest.first == "[" else { return nil }
        rest.removeFirst()
        var parameter = ""
        while let character = rest.popFirst() {
            if ("@"..."~").contains(character) { return (Int(parameter), character) }
            parameter.append(character)
        }
        return nil
    }

    private mutating func apply(_ sequence: (parameter: Int?, final: Character)) {
        switch sequence.final {
        case "A": row = max(row - (sequence.parameter ?? 1), 0)
        case "B": row += sequence.parameter ?? 1
        case "K":
            extend()
            cells[row].removeSubrange(min(column, cells[row].count)...)
        case "J":
            extend()
            cells[row].removeSubrange(min(column, cells[row].count)...)
            cells.removeSubrange((row + 1)...)
        default: break
        }
    }

    private mutating func put(_ character: Character) {
        extend()
        while cells[row].count <= column { cells[row].append(" ") }
        cells[row][column] = character
        column += 1
    }

    private mutating func extend() {
        while cells.count <= row { cells.append([]) }
    }
}
