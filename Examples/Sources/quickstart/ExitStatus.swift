import FetchCore

/// What the program tells its caller.
enum ExitStatus: Int32 {
    case succeeded = 0
    case jobFailed = 1
    case usage = 2
    case key = 3
    case deadline = 4
    case otherError = 5

    /// What one event means for the whole.
    init(_ event: JobEvent) {
        switch event.news {
        case .update(let update):
            if case .failed = update.state { self = .jobFailed } else { self = .succeeded }
        case .retry: self = .succeeded
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
    /// The order in which several are outdone by each other: a key that is refused is refused for the next job too, a
    /// failed job is final, a job that wasn't ready may be so the next time.
    private static let ascending: [Self] = [.succeeded, .otherError, .deadline, .jobFailed, .key, .usage]

    static func < (one: Self, other: Self) -> Bool {
        ascending.firstIndex(of: one) ?? 0 < ascending.firstIndex(of: other) ?? 0
    }
}
