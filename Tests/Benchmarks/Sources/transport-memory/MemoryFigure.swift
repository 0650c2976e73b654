import Measuring

/// The memory of the process after the warm-up and after all polls.
struct MemoryFigure: Encodable {
    var benchmark = "transport-memory"
    var url: MeasuredURL
    var requests: Int
    /// The resident memory in bytes after the warm-up.
    var before: Int
    /// The resident memory in bytes after all polls.
    var after: Int

    var megabytes: Double { Double(after - before) / 1_048_576 }

    var line: String {
        Report.column("\(url) URLs", 12)
            + "\(requests) polls, \((Double(before) / 1_048_576).shown) MB after the warm-up, "
            + "\(megabytes.shown) MB more at the end"
    }
}
