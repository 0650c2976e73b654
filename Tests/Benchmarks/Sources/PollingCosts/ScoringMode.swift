/// What the default schedule has learned when it meets a job that is scored.
package enum ScoringMode: Sendable, Hashable {
    /// Nothing: no job is learned from.
    case cold

    /// All jobs before it, of which the first 500 are not scored.
    case warm

    /// The jobs before it in a run of so many, each run beginning with nothing learned. At least one.
    case first(Int)

    /// The number of jobs that ``warm`` learns from before the first that is scored.
    package static let jobsToWarmUp = 500

    /// The mode in one word and a number.
    package var name: String {
        switch self {
        case .cold: "cold"
        case .warm: "warm"
        case .first(let count): "first \(count)"
        }
    }

    /// Consecutive jobs of a trace that one client watches, starting with nothing learned.
    package struct Run: Sendable, Hashable {
        /// The jobs that are only learned from.
        package var learned: ArraySlice<TracedJob>

        /// The jobs that are scored, after those.
        package var scored: ArraySlice<TracedJob>
    }

    /// The runs that score a trace.
    ///
    /// The runs of ``first(_:)`` lie evenly over the trace, don't overlap, and are as many as there is room for.
    ///
    /// - Throws: ``TraceError`` if there are too few jobs.
    package func runs(of trace: Trace) throws(TraceError) -> [Run] {
        let jobs = trace.jobs[...]
        switch self {
        case .cold:
            return [Run(learned: [], scored: jobs)]
        case .warm:
            guard jobs.count > Self.jobsToWarmUp else {
                let message =
                    "there are \(jobs.count) jobs, and --warm takes \(Self.jobsToWarmUp) before the first that counts"
                throw TraceError(trace.name, message)
            }
            return [Run(learned: jobs[..<Self.jobsToWarmUp], scored: jobs[Self.jobsToWarmUp...])]
        case .first(let count):
            guard count >= 1, jobs.count >= count else {
                throw TraceError(trace.name, "there are \(jobs.count) jobs, and --first scores \(count) in a row")
            }
            let runs = jobs.count / count
            return (0..<runs).map { run in
                let start = run * jobs.count / runs
                return Run(learned: [], scored: jobs[start..<start + count])
            }
        }
    }
}
