import FetchCore
import Foundation

/// The only writer to standard output and standard error while jobs are polled.
///
/// On a terminal it draws the display below the lines that it prints.
actor Reporter {
    private let format: OutputFormat
    private let detail: OutputDetail
    private let mailbox: EventMailbox
    private let client: FetchClient
    private let isInteractive: Bool
    private let pollsOnce: Bool
    private let clock = ContinuousClock()

    private var textLines: TextLines
    private var quietLines = QuietLines(savesFiles: false)
    private var times = JobTimes()
    private var display: DisplayState
    private var screen = TerminalDisplay()

    /// - Parameters:
    ///   - format: The format of standard output.
    ///   - detail: The events that are printed there.
    ///   - mailbox: The events.
    ///   - client: The client, which knows how long jobs take.
    ///   - pollsOnce: True if no job is waited for, so that nothing is drawn. Defaults to false.
    init(
        _ format: OutputFormat,
        detail: OutputDetail,
        mailbox: EventMailbox,
        client: FetchClient,
        pollsOnce: Bool = false
    ) {
        (self.format, self.detail, self.mailbox, self.client) = (format, detail, mailbox, client)
        self.pollsOnce = pollsOnce
        isInteractive = Terminal.isInteractive && !pollsOnce
        textLines = TextLines(detail, of: [])
        display = DisplayState(keepsRows: isInteractive)
    }

    /// Shows events as they come, until the task is cancelled.
    ///
    /// - Parameter batch: The jobs that are waited for, whose next requests the display counts down to.
    func run(_ batch: JobBatch) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { [self] in
                for await _ in mailbox.signals { await flush() }
            }
            group.addTask { [self] in
                if isInteractive { await animate(batch) } else { await summarize() }
            }
        }
    }

    /// Aligns the names of known jobs. Called before the first event is shown.
    ///
    /// - Parameters:
    ///   - jobs: The jobs of the command.
    ///   - savesFiles: True if the outputs are saved. Defaults to false.
    func prepare(for jobs: JobSource, savesFiles: Bool = false) {
        textLines = TextLines(detail, of: jobs.readsInput ? [] : jobs.knownJobs)
        quietLines = QuietLines(savesFiles: savesFiles)
        display.savesFiles = savesFiles
    }

    /// Shows the events that have come.
    func flush() {
        var lines: [OutputLine] = []
        for (number, error) in mailbox.takeRejections() {
            lines.append(.error("Error: line \(number): \(error.message)"))
        }
        for event in mailbox.take() { lines += show(event) }
        write(lines)
    }

    /// Prints an error because of which no further jobs are read.
    func print(_ error: UsageError) {
        flush()
        write([.error("Error: \(error.message)")])
    }

    /// Shows the last state, and what another run has to go on with.
    func finish(_ rest: RestOfRun) {
        flush()
        if isInteractive { Console.writeError(frame()) }
        for line in rest.text { Console.printError(line) }
    }

    private func show(_ event: JobEvent) -> [OutputLine] {
        let moment: JobMoment
        switch event.kind {
        case .added(let submission):
            // A batch waits once for a job that is named again before it has ended.
            guard times.add(event.job, at: event.time, submission) else { return [] }
            moment = JobMoment()
        case .pending(let progress, _):
            let durations = client.durations[event.job.endpoint]
            moment = times.pending(event.job, progress, at: event.time, durations)
        default: moment = times.moment(of: event.job, at: event.time)
        }
        display.apply(event, at: moment)
        if event.isLast(savesFiles: display.savesFiles) || (pollsOnce && event.isState) { times.remove(event.job) }
        return switch format {
        case .text: textLines.lines(for: event, at: moment)
        case .json: JSONLine.lines(for: event, at: moment, detail) + requestLines(event)
        case .quiet: quietLines.lines(for: event)
        }
    }

    private func requestLines(_ event: JobEvent) -> [OutputLine] {
        guard case .responded = event.kind else { return [] }
        return textLines.lines(for: event, at: JobMoment())
    }

    /// Writes lines. The display moves down below them.
    private func write(_ lines: [OutputLine]) {
        guard !lines.isEmpty else { return }
        if isInteractive { Console.writeError(screen.erase(columns: Terminal.size.columns)) }
        var (output, errors) = ("", "")
        for line in lines {
            if line.isError {
                if !output.isEmpty { Console.write(output) }
                output = ""
                errors += line.line.rendered(colours: Terminal.coloursErrors) + "\n"
            } else {
                if !errors.isEmpty { Console.writeError(errors) }
                errors = ""
                output += line.line.rendered(colours: Terminal.coloursOutput) + "\n"
            }
        }
        if !output.isEmpty { Console.write(output) }
        if !errors.isEmpty { Console.writeError(errors) }
        if isInteractive { Console.writeError(frame()) }
    }

    private func frame() -> String {
        let size = Terminal.size
        // The last column stays empty: terminals differ in what follows a character there.
        let lines = display.layout(width: size.columns - 1, height: size.rows, now: mailbox.now)
        return screen.draw(lines, columns: size.columns, colours: Terminal.coloursErrors)
    }

    /// Draws the display ten times a second.
    private func animate(_ batch: JobBatch) async {
        while !Task.isCancelled {
            // A snapshot takes about a microsecond a job.
            if batch.count <= 1_000 {
                let now = mailbox.now
                for job in batch.snapshot().jobs {
                    display.note(nextRequest: now + .seconds(job.nextRequest.timeIntervalSinceNow), of: job.job)
                }
            }
            Console.writeError(frame())
            try? await clock.sleep(for: .milliseconds(100))
        }
    }

    /// Prints a summary each 30 seconds, for logs.
    private func summarize() async {
        guard format != .quiet else { return }
        while true {
            do { try await clock.sleep(for: .seconds(30)) } catch { return }
            Console.printError(display.summary.text)
        }
    }
}
