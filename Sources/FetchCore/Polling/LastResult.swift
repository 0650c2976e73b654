/// The last result that a wait has received.
enum LastResult: Sendable {
    /// No response has come.
    case none
    /// The job is pending.
    case pending(SharedProgress)
    /// The last request failed. The progress is that of the last successful one.
    indirect case error(FetchError, after: JobProgress?)

    /// A progress behind a reference, since a million waits may have equal ones.
    final class SharedProgress: Sendable {
        let progress: JobProgress

        init(_ progress: JobProgress) { self.progress = progress }
    }

    /// The last progress that was received.
    var progress: JobProgress? {
        switch self {
        case .none: nil
        case .pending(let shared): shared.progress
        case .error(_, let progress): progress
        }
    }

    /// The error of the last request, if it failed.
    var error: FetchError? {
        if case .error(let error, _) = self { error } else { nil }
    }

    /// Creates what is kept of a response if the job is pending, and nothing otherwise. What a response says beyond
    /// ``JobProgress/bounded`` isn't kept. An equal result is taken as it is, to share its memory.
    ///
    /// Without details, which usually differ from job to job, it is more often equal.
    init(_ response: PollResponse, keepsDetails: Bool, sharing other: LastResult) {
        guard var progress = response.progress else {
            self = .none
            return
        }
        if !keepsDetails { progress.details = [:] }
        // Usually equal without bounding, which takes as long as the comparison.
        if case .pending(let known) = other, known.progress == progress || known.progress == progress.bounded {
            self = other
        } else {
            self = .pending(SharedProgress(progress.bounded))
        }
    }
}
