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

    /// Returns the result for a pending job. An equal result is returned as it is, to share its memory.
    static func pending(_ progress: JobProgress, sharing other: LastResult) -> Self {
        if case .pending(let shared) = other, shared.progress == progress { return other }
        return .pending(SharedProgress(progress))
    }
}
