package import FetchCore

/// The lines that are printed for events, to be read.
package struct TextLines: Sendable {
    private let detail: OutputDetail
    private let nameWidth: Int

    /// - Parameters:
    ///   - detail: The events that are printed.
    ///   - jobs: The jobs that are known, whose names are aligned.
    package init(_ detail: OutputDetail, of jobs: [JobReference]) {
        self.detail = detail
        nameWidth = min(jobs.map { DisplayWidth.of($0.description.printable) }.max() ?? 0, 60)
    }

    /// Returns the lines for an event.
    package func lines(for event: JobEvent, at moment: JobMoment) -> [OutputLine] {
        let time = "\(moment.elapsed.rounded) s"
        switch event.kind {
        case .added, .requested, .saving: return []
        case .pending(let progress, _):
            return detail == .changes ? [line(event.job, time, StyledLine(progress.description.printable))] : []
        case .retry(let retry):
            return detail == .changes ? [line(event.job, time, StyledLine(retry.summary, .yellow))] : []
        case .responded(let report): return [.error("\(event.job.description.printable)  \(report.text)")]
        case .ended(let outcome): return lines(for: outcome, time)
        case .saved(let result):
            return [line(event.job, nil, StyledLine(result.summary, result.errors.isEmpty ? .green : .yellow))]
                + result.outcome.map { OutputLine("  \($0)") }
                + result.errors.map { .error($0.description.printable) }
        }
    }

    private func lines(for outcome: JobOutcome, _ time: String) -> [OutputLine] {
        let words: StyledLine
        switch outcome.result {
        case .succeeded: words = StyledLine("done", .green)
        case .failed where outcome.failure != nil: words = StyledLine("failed", .red)
        case .failed(let error), .unknown(let error): return [.error(error.description.printable)]
        }
        return [line(outcome.job, time, words + StyledLine(", \(outcome.count)"))]
            + outcome.results.map { OutputLine("  \($0)") }
    }

    private func line(_ job: JobReference, _ time: String?, _ words: StyledLine) -> OutputLine {
        let name = job.description.printable.padded(to: nameWidth)
        return OutputLine(StyledLine(name) + StyledLine(time.map { "  \($0)  " } ?? "  ") + words)
    }
}
