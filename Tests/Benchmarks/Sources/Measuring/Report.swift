import Foundation

/// The output of a benchmark: JSON lines on standard output and a table on standard error.
package enum Report {
    /// Writes a figure as JSON and as a line of the table.
    package static func write(_ figure: some Encodable, line: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        FileHandle.standardOutput.write(try encoder.encode(figure) + Data("\n".utf8))
        FileHandle.standardError.write(Data("\(line)\n".utf8))
    }

    /// Returns a string that is padded to a column's width, with at least one space.
    package static func column(_ cell: String, _ width: Int) -> String {
        cell + String(repeating: " ", count: max(width - cell.count, 1))
    }
}

extension Double {
    /// The number with one decimal place.
    package var shown: String { String(format: "%.1f", self) }

    /// The number with three decimal places.
    package var ratio: String { String(format: "%.3f", self) }
}

extension [Double] {
    /// The median. The array must not be empty.
    package var median: Double {
        let ordered = sorted()
        let middle = ordered.count / 2
        return ordered.count.isMultiple(of: 2) ? (ordered[middle - 1] + ordered[middle]) / 2 : ordered[middle]
    }
}
