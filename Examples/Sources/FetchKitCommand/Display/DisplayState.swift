package import FetchCore

/// The state of all jobs of a command, as the display shows it. A value: events change it, and a layout reads it.
package struct DisplayState: Sendable {
    /// The number of rows of ended jobs that are kept.
    private static let endedRows = 100

    /// True if outputs are saved, so that a job that has succeeded isn't done yet.
    package var savesFiles = false

    private let keepsRows: Bool
    private var rows: [JobReference: JobRow] = [:]
    /// The jobs in the order in which they were added. Removed ones may still be in it.
    private var order: [JobReference] = []
    private var ended: [JobReference] = []

    private var waiting = 0
    private var saving = 0
    private var done = 0
    private var failed = 0

    /// Creates a state without jobs.
    ///
    /// - Parameter keepsRows: False if only the summary is shown.
    package init(keepsRows: Bool = true) { self.keepsRows = keepsRows }

    /// Notes an event.
    package mutating func apply(_ event: JobEvent, at moment: JobMoment) {
        count(event)
        guard keepsRows else { return }
        if case .added = event.kind {
            if rows[event.job] == nil { order.append(event.job) }
            rows[event.job] = JobRow(event.job, added: event.time)
            return
        }
        rows[event.job]?.apply(event, at: moment)
        if event.isLast(savesFiles: savesFiles) { end(event.job) }
    }

    /// Notes when a job is polled next.
    package mutating func note(nextRequest time: Duration, of job: JobReference) { rows[job]?.nextRequest = time }

    private mutating func count(_ event: JobEvent) {
        switch event.kind {
        case .added: waiting += 1
        case .requested, .pending, .retry, .responded, .saving: break
        case .ended(let outcome):
            waiting -= 1
            if outcome.result.output == nil {
                failed += 1
            } else if savesFiles {
                saving += 1
            } else {
                done += 1
            }
        case .saved(let result):
            saving -= 1
            if result.errors.isEmpty { done += 1 } else { failed += 1 }
        }
    }

    /// Keeps the rows of the jobs that have ended last, so that the memory for a million jobs is limited.
    private mutating func end(_ job: JobReference) {
        ended.append(job)
        guard ended.count > Self.endedRows else { return }
        for job in ended.prefix(Self.endedRows / 2) { rows[job] = nil }
        ended.removeFirst(Self.endedRows / 2)
        order.removeAll { rows[$0] == nil }
    }

    /// The number of jobs in each state, such as `812 waiting · 164 done · 3 failed`.
    package var summary: StyledLine {
        let counts: [(Int, String, TextStyle)] = [
            (waiting, "waiting", .plain), (saving, "saving", .cyan), (done, "done", .green), (failed, "failed", .red),
        ]
        var line = StyledLine()
        for (number, word, style) in counts where number > 0 {
            if !line.spans.isEmpty { line += StyledLine(" · ", .dim) }
            line += StyledLine("\(number) \(word)", style)
        }
        return line.spans.isEmpty ? StyledLine("no jobs", .dim) : line
    }

    /// Returns the lines of the display.
    ///
    /// - Parameters:
    ///   - width: The number of columns that the lines may take.
    ///   - height: The number of rows of the terminal. One stays free for the cursor.
    ///   - now: The time since the program began.
    /// - Returns: A row for each job, those that haven't ended first if there are too many, and the summary.
    package func layout(width: Int, height: Int, now: Duration) -> [StyledLine] {
        let room = max(height - 2, 0)
        let jobs = order.compactMap { rows[$0] }
        let shown = visible(jobs, room)
        let names = shown.map { DisplayWidth.of($0.name) }.max() ?? 0
        let layout = RowLayout(width: width, longestName: names)
        var lines = shown.map { layout.line($0, at: now) }
        if shown.count < jobs.count, !lines.isEmpty {
            lines.append(StyledLine("  … and \(jobs.count - shown.count) more", .dim))
        }
        return (lines + [summary]).map { $0.cut(to: width) }
    }

    /// Returns the rows that are shown, in their order.
    private func visible(_ jobs: [JobRow], _ room: Int) -> [JobRow] {
        guard jobs.count > room else { return jobs }
        // One row says how many more there are.
        let room = max(room - 1, 0)
        var chosen: Set<Int> = []
        for rank in JobRow.Rank.allCases where chosen.count < room {
            for (index, row) in jobs.enumerated() where row.rank == rank && chosen.count < room { chosen.insert(index) }
        }
        return chosen.sorted().map { jobs[$0] }
    }
}
