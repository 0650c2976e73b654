import Foundation

/// A table of reports with a row for each target.
package struct ReportTable {
    private let reports: [TargetReport]

    package init(_ reports: [TargetReport]) { self.reports = reports }

    /// The table as aligned lines. The last one has the totals.
    package var text: String {
        var rows = [["target", "inputs", "per second", "slowest ms", "memory MB", "found", "outcomes"]]
        rows += reports.map { report in
            [
                report.target, "\(report.inputs)", String(format: "%.0f", report.inputsPerSecond),
                String(format: "%.1f", report.slowestMilliseconds), String(format: "%.1f", report.peakMegabytes),
                "\(report.findings.count)", "\(report.outcomes.count)",
            ]
        }
        rows.append([
            "all", "\(reports.reduce(0) { $0 + $1.inputs })", "",
            String(format: "%.1f", reports.map(\.slowestMilliseconds).max() ?? 0),
            String(format: "%.1f", reports.map(\.peakMegabytes).max() ?? 0),
            "\(reports.reduce(0) { $0 + $1.findings.count })", "",
        ])
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            zip(row, widths).enumerated().map { index, cell in
                let padding = String(repeating: " ", count: cell.1 - cell.0.count)
                return index == 0 ? cell.0 + padding : padding + cell.0
            }.joined(separator: "  ")
        }.joined(separator: "\n")
    }
}
