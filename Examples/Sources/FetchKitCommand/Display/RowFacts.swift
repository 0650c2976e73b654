import FetchCore
import FetchDownload

/// What is known of a job, in words, the most important first.
struct RowFacts {
    private var facts: [StyledLine]
    private var hasRemaining = false

    /// Creates the facts of a row at a time.
    init(_ row: JobRow, at now: Duration) {
        let next = Self.nextRequest(row, at: now)
        switch row.phase {
        case .added: facts = [next ?? StyledLine("no response yet", .dim)]
        case .pending(let progress):
            let remaining = row.remaining(at: now).map { StyledLine(Self.words(for: $0)) }
            let message = progress.message.map { StyledLine($0.printable, .dim) }
            facts = [remaining, next, message].compactMap { $0 }
            hasRemaining = remaining != nil
        case .retrying(let retry): facts = [StyledLine(retry.error.code.words, .yellow), next].compactMap { $0 }
        case .saving(let progress): facts = [StyledLine(progress.summary, .cyan)]
        case .ended(let outcome): facts = [Self.end(outcome)]
        case .saved(let result): facts = [StyledLine(result.summary, result.errors.isEmpty ? .green : .red)]
        }
    }

    /// Inserts the completed fraction behind the remaining time, or as the first fact.
    mutating func insert(percentage: String?) {
        guard let percentage else { return }
        facts.insert(StyledLine(percentage), at: hasRemaining ? 1 : 0)
    }

    /// Returns the first fact, and the further ones that fit, on one line.
    func line(width: Int) -> StyledLine {
        var line = facts.first ?? StyledLine()
        for fact in facts.dropFirst() where line.width + 3 + fact.width <= width {
            line += StyledLine(" · ", .dim) + fact
        }
        return line.cut(to: width)
    }

    private static func end(_ outcome: JobOutcome) -> StyledLine {
        if let failure = outcome.failure {
            return StyledLine("failed: \((failure.message ?? failure.reason.rawValue).printable)", .red)
        }
        if let error = outcome.result.error { return StyledLine(error.code.words, .red) }
        return StyledLine("done, \(outcome.count)", .green)
    }

    private static func nextRequest(_ row: JobRow, at now: Duration) -> StyledLine? {
        if row.isPolling { return StyledLine("request sent", .dim) }
        guard let time = row.nextRequest else { return nil }
        let rest = max(time - now, .zero)
        return StyledLine("next request in \(rest < .seconds(100) ? "\(rest.rounded) s" : minutes(rest))", .dim)
    }

    private static func minutes(_ time: Duration) -> String { "\(Int((time / .seconds(60)).rounded())) min" }

    /// Returns a range of time in words, such as `3 to 6 s left`.
    static func words(for range: ClosedRange<Duration>) -> String {
        let unit: (Duration, String) =
            range.upperBound < .seconds(100)
            ? (.seconds(1), "s") : range.upperBound < .seconds(6_000) ? (.seconds(60), "min") : (.seconds(3_600), "h")
        let (low, high) = (Int(range.lowerBound / unit.0), Int((range.upperBound / unit.0).rounded(.up)))
        if high == 0 { return "any moment" }
        if low == 0 { return "up to \(high) \(unit.1) left" }
        return high - low <= 1 ? "about \(high) \(unit.1) left" : "\(low) to \(high) \(unit.1) left"
    }
}
