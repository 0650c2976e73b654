import FetchCore

/// The bar of a row.
struct ProgressBar {
    private let width: Int

    /// - Parameter width: The number of columns.
    init(_ width: Int) { self.width = width }

    /// Returns the bar of a job: full if it has succeeded, empty if it has failed, and filled by the fraction otherwise.
    func line(_ row: JobRow, _ fraction: JobFraction?, at now: Duration) -> StyledLine {
        let (cells, style): (Range<Int>, TextStyle)
        if let isSuccess = row.isSuccess {
            (cells, style) = isSuccess ? (0..<width, .green) : (0..<0, .red)
        } else if let fraction {
            // The last cell is filled only when the job has succeeded.
            (cells, style) = (0..<Int(fraction.value * Double(width - 1)), .cyan)
        } else {
            // Without a fraction, a moving block shows that something is going on.
            let position = Int(now / .milliseconds(100)) % (width - 2)
            (cells, style) = (position..<position + 3, .cyan)
        }
        return part(cells.lowerBound, "░", .dim) + part(cells.count, "█", style)
            + part(width - cells.upperBound, "░", .dim)
    }

    private func part(_ count: Int, _ cell: String, _ style: TextStyle) -> StyledLine {
        StyledLine(String(repeating: cell, count: count), style)
    }
}
