import FetchCore

/// The exit status of the program.
package enum ExitStatus: Int32, Error, CaseIterable {
    case succeeded = 0
    case jobFailed = 1
    case usage = 2
    case key = 3
    case notEnded = 4
    case otherError = 5
    case notSaved = 6
    case interrupted = 130
    case terminated = 143

    /// Creates the exit status that one event alone would cause.
    init(_ kind: JobEvent.Kind) {
        switch kind {
        case .added, .requested, .retry, .responded, .saving: self = .succeeded
        case .pending: self = .notEnded
        case .saved(let result): self = result.errors.isEmpty ? .succeeded : .notSaved
        case .ended(let outcome): self = outcome.result.error.map(Self.init(_:)) ?? .succeeded
        }
    }

    private init(_ error: FetchError) {
        switch error.code {
        case .jobFailed: self = .jobFailed
        case .missingKey, .malformedKey, .unauthorized, .forbidden: self = .key
        case .deadlineExceeded: self = .notEnded
        default: self = .otherError
        }
    }
}

extension ExitStatus: Comparable {
    /// All statuses by ascending priority. A rejected key affects every job, a failed job is final, and a job that
    /// timed out or whose output couldn't be saved may succeed in the next run.
    private static let ascending: [Self] = [
        .succeeded, .otherError, .notSaved, .notEnded, .jobFailed, .key, .usage, .interrupted, .terminated,
    ]

    package static func < (one: Self, other: Self) -> Bool {
        ascending.firstIndex(of: one) ?? 0 < ascending.firstIndex(of: other) ?? 0
    }
}
