import FetchCore

/// A type that shows the events of jobs.
protocol Output: Sendable {
    /// Shows one event.
    func show(_ event: JobEvent) async

    /// Animates the output between events, until the task is cancelled.
    func animate() async

    /// Completes the output after all jobs have ended.
    func finish() async
}

extension Output {
    func animate() async {}
    func finish() async {}
}

extension Arguments.Format {
    /// Returns an output for the format. Text is drawn as bars if they fit on the terminal, otherwise as lines.
    func output(for jobs: [JobReference]) -> any Output {
        switch self {
        case .json: JSONLines()
        case .text: jobs.count < Console.rows ? Bars(jobs) : Lines(jobs)
        }
    }
}
