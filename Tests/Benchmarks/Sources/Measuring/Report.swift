import Foundation

/// Writes figures: for programs on standard output, for people on standard error.
package enum Report {
    /// Writes one figure.
    package static func write(_ figure: some Encodable, line: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        FileHandle.standardOutput.write(try encoder.encode(figure) + Data("\n".utf8))
        FileHandle.standardError.write(Data("\(line)\n".utf8))
    }

    /// Text that fills a column.
    package static func column(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(width - text.count, 1))
    }
}

extension Double {
    /// With one digit after the point.
    package var shown: String { String(format: "%.1f", self) }

    /// With three digits after the point.
    package var ratio: String { String(format: "%.3f", self) }
}

extension [Double] {
    /// The value in the middle; half of the others are smaller.
    package var median: Double {
        let ordered = sorted()
        let middle = ordered.count / 2
        return ordered.count.isMultiple(of: 2) ? (ordered[middle - 1] + ordered[middle]) / 2 : ordered[middle]
    }
}
