import FetchCore

/// The columns of the display for one width of the terminal.
///
/// A narrow terminal shows the mark, the name and one fact; a wider one adds the bar and the time, and more facts.
struct RowLayout {
    private let width: Int
    private let nameWidth: Int
    private let barWidth: Int
    private let isNarrow: Bool

    /// - Parameters:
    ///   - width: The number of columns that a row may take.
    ///   - longestName: The width of the longest name.
    init(width: Int, longestName: Int) {
        self.width = width
        isNarrow = width < 60
        nameWidth = min(longestName, max(width * 4 / 10, 8))
        barWidth = isNarrow ? 0 : width < 90 ? 10 : width < 140 ? 18 : 30
    }

    /// Returns the row of a job.
    func line(_ row: JobRow, at now: Duration) -> StyledLine {
        var line = mark(row, at: now) + StyledLine(" " + row.name.shortened(to: nameWidth).padded(to: nameWidth))
        let fraction = row.fraction(at: now)
        if barWidth > 0 { line += StyledLine("  ") + ProgressBar(barWidth).line(row, fraction, at: now) }
        var facts = RowFacts(row, at: now)
        if isNarrow {
            facts.insert(percentage: row.isSuccess == nil ? percentage(fraction) : nil)
        } else {
            line += StyledLine("  " + (row.isSuccess == nil ? percentage(fraction) ?? "" : "").aligned(right: 5))
            line += StyledLine(elapsed(row, at: now).aligned(right: 8), .dim)
        }
        line += StyledLine("  ")
        return (line + facts.line(width: max(width - line.width, 0))).cut(to: width)
    }

    private func mark(_ row: JobRow, at now: Duration) -> StyledLine {
        switch row.isSuccess {
        case true?: StyledLine("✓", .green)
        case false?: StyledLine("✗", .red)
        case nil:
            StyledLine(String(Self.spinner[Int(now / .milliseconds(100)) % Self.spinner.count]), .cyan)
        }
    }

    private static let spinner = Array("⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏")

    /// An estimate has a tilde, which the provider's own fraction hasn't.
    private func percentage(_ fraction: JobFraction?) -> String? {
        fraction.map { "\($0.source == .estimate ? "~" : "")\(Int($0.value * 100)) %" }
    }

    private func elapsed(_ row: JobRow, at now: Duration) -> String { "\(row.elapsed(at: now).rounded) s" }
}
