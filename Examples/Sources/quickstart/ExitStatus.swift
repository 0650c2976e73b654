import FetchCore

/// The exit status of the program.
enum ExitStatus: Int32 {
    case succeeded = 0
    case jobFailed = 1
    case usage = 2
    case key = 3
    case deadline = 4
    case otherError = 5
    case notSaved = 6

    /// Creates the exit status that one event alone would cause.
    init(_ event: JobEvent) {
        switch event.kind {
        case .update(let update):
            if case .failed = update.state { self = .jobFailed } else { self = .succeeded }
        case .retry, .saving: self = .succeeded
        case .saved(let result): self = result.errors.isEmpty ? .succeeded : .notSaved
        case .error(let error):
            switch error.code {
            case .missingKey, .malformedKey, .unauthorized, .forbidden: self = .key
            case .deadlineExceeded: self = .deadline
            default: self = .otherError
            }
        }
    }
}

extension ExitStatus: Comparable {
    /// All statuses by ascending priority. A rejected key affects every job, a failed job is final, and a job that
    /// timed out or whose output couldn't be saved may succeed in the next run.
    private static let ascending: [Self] = [.succeeded, .otherError, .notSaved, .deadline, .jobFailed, .key, .usage]

    static func < (one: Self, other: Self) -> Bool {
        ascending.firstIndex(of: one) ?? 0 < ascending.firstIndex(of: other) ?? 0
    }
}
