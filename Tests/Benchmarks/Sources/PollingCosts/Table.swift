import Foundation

/// A table of ratios to the optimum, with a row for each rule in ascending order of cost and a column for each trace.
package struct Table {
    private let measurements: [RuleCost]

    package init(_ measurements: [RuleCost]) {
        self.measurements = measurements
    }

    /// The table as aligned lines.
    package var text: String {
        let traces = measurements.reduce(into: [String]()) { if !$0.contains($1.trace) { $0.append($1.trace) } }
        let summaries = Summary.all(of: measurements).sorted { $0.geometricMean < $1.geometricMean }
        var rows = [["× optimum"] + traces + ["mean", "worst"]]
        for summary in summaries {
            let ratios = traces.map { trace in
                measurements.first { $0.trace == trace && $0.rule == summary.rule }?.ratio ?? .nan
            }
            rows.append([summary.rule] + (ratios + [summary.geometricMean, summary.worst]).map(Self.twoDigits))
        }
        rows.append(
            ["optimum"]
                + traces.map { trace in Self.twoDigits(measurements.first { $0.trace == trace }?.optimum ?? .nan) }
        )
        let widths = rows[0].indices.map { column in rows.map { $0.count > column ? $0[column].count : 0 }.max() ?? 0 }
        return rows.map { row in
            zip(row, widths).enumerated().map { index, cell in
                let padding = String(repeating: " ", count: cell.1 - cell.0.count)
                return index == 0 ? cell.0 + padding : padding + cell.0
            }.joined(separator: "  ")
        }.joined(separator: "\n")
    }

    private static func twoDigits(_ number: Double) -> String {
        String(format: "%.2f", number)
    }
}
