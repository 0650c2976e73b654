import Measuring

/// The memory of the process before and after most of the polls.
struct MemoryFigure: Encodable {
    var benchmark = "transport-memory"
    var url: MeasuredURL
    var requests: Int
    /// Bytes in memory after the warm-up.
    var before: Int
    /// Bytes in memory in the end.
    var after: Int

    var megabytes: Double { Double(after - before) / 1_048_576 }

    var line: String {
        Report.column("\(url) URLs", 12) + "\(requests) polls, from \((Double(before) / 1_048_576).shown) MB on "
            + "\(megabytes.shown) MB more"
    }
}
