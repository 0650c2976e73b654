/// The jobs that the default schedule learns from before and during scoring.
package enum ScoringMode: Sendable, Hashable {
    /// The schedule doesn't learn, and all jobs are scored.
    case cold

    /// The schedule learns from all jobs. The first 500 aren't scored.
    case warm

    /// The schedule learns within runs of a number of jobs, at least one. Each run starts without learned durations.
    case first(Int)

    /// The number of jobs that ``warm`` doesn't score.
    package static let jobsToWarmUp = 500

    /// The mode's name, with its number.
    package var name: String {
        switch self {
        case .cold: "cold"
        case .warm: "warm"
        case .first(let count): "first \(count)"
        }
    }

    /// Consecutive jobs of a trace that one client polls. The client starts without learned durations.
    package struct Run: Sendable, Hashable {
        /// The first jobs, which aren't scored.
        package var learned: ArraySlice<TracedJob>

        /// The following jobs, which are scored.
        package var scored: ArraySlice<TracedJob>
    }

    /// Returns the runs for a trace.
    ///
    /// The runs of ``first(_:)`` don't overlap and are distributed evenly over the trace. Their number is the maximum
    /// that fits.
    ///
    /// - Parameter trace: The trace.
    /// - Returns: At least one run.
    /// - Throws: ``TraceError`` if the trace has too few jobs.
    package func runs(of trace: Trace) throws(TraceError) -> [Run] {
        let jobs = trace.jobs[...]
        switch self {
        case .cold:
            return [Run(learned: [], scored: jobs)]
        case .warm:
            guard jobs.count > Self.jobsToWarmUp else {
                let message =
                    "the trace has \(jobs.count) jobs, and --warm needs more than \(Self.jobsToWarmUp)"
                throw TraceError(trace.name, message)
            }
            return [Run(learned: jobs[..<Self.jobsToWarmUp], scored: jobs[Self.jobsToWarmUp...])]
        case .first(let count):
            guard count >= 1, jobs.count >= count else {
                throw TraceError(trace.name, "the trace has \(jobs.count) jobs, and --first needs at least \(count)")
            }
            let runs = jobs.count / count
            return (0..<runs).map { run in
                let start = run * jobs.count / runs
                return Run(learned: [], scored: jobs[start..<start + count])
            }
        }
    }
}
