/// What was last heard of a job, kept once for all who wait for it.
enum LastWord: Sendable {
    /// Nothing yet.
    case none
    /// The job isn't ready.
    case pending(Box)
    /// The request failed, after this was heard before.
    indirect case error(FetchError, after: JobProgress?)

    /// A progress behind a reference: most answers say the same, and a million jobs need it only once.
    final class Box: Sendable {
        let progress: JobProgress

        init(_ progress: JobProgress) { self.progress = progress }
    }

    /// The last thing heard of the job.
    var progress: JobProgress? {
        switch self {
        case .none: nil
        case .pending(let box): box.progress
        case .error(_, let progress): progress
        }
    }

    /// The error of the last request, if that failed.
    var error: FetchError? {
        if case .error(let error, _) = self { error } else { nil }
    }

    /// A word for a progress; the one before, where that says the same.
    static func pending(_ progress: JobProgress, orSame word: LastWord) -> Self {
        if case .pending(let box) = word, box.progress == progress { return word }
        return .pending(Box(progress))
    }
}
