import FetchCore

/// A way to show what happens to the jobs.
protocol Output: Sendable {
    /// Shows what happened to one job.
    func show(_ event: JobEvent) async

    /// Keeps moving what moves between the events, until it is cancelled.
    func animate() async

    /// Shows what is left to show when all jobs have ended.
    func finish() async
}

extension Output {
    func animate() async {}
    func finish() async {}
}

extension Arguments.Format {
    /// Bars where they can be drawn, lines otherwise.
    func output(for jobs: [JobReference]) -> any Output {
        switch self {
        case .json: JSONLines()
        case .people: jobs.count < Console.rows ? Bars(jobs) : Lines(jobs)
        }
    }
}
