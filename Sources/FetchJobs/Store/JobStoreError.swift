public import FetchCore

/// An error of a store. It contains no key, and no password of a database.
public struct JobStoreError: Error, Sendable, Hashable {
    /// The kinds of errors.
    public enum Code: String, Sendable, Hashable {
        /// A job can't be stored: its reference, its tenant or its note is too long.
        case invalidJob
        /// The store can't be reached at the moment, or took too long.
        case unavailable
        /// The store exists, and can't be used: it isn't a store, is read-only, or was written by a later version.
        case unusable
        /// The store has no space left.
        case full
    }

    /// The kind of the error.
    public var code: Code

    /// The problem, as a sentence without a capital letter and a full stop.
    public var message: String

    /// The action that resolves the problem, as a complete sentence. `nil` if none is known.
    public var remedy: String?

    /// The job that can't be stored. `nil` if the error is about no job, or its reference is too long.
    public var job: JobReference?

    /// True if the same call may succeed later.
    ///
    /// Each function of a ``JobStore`` may be called again, also if the store has carried the first call out and only
    /// its result was lost.
    public var isRetryable: Bool { code == .unavailable || code == .full }

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - code: The kind of the error.
    ///   - message: The problem. It must contain neither a key nor a password.
    ///   - remedy: The action that resolves the problem. Defaults to none.
    ///   - job: The job that can't be stored. Defaults to none.
    public init(_ code: Code, _ message: String, remedy: String? = nil, job: JobReference? = nil) {
        self.code = code
        self.message = message
        self.remedy = remedy
        self.job = job
    }
}

extension JobStoreError: CustomStringConvertible {
    /// The job, the problem, whether retrying can help, and the remedy, on one line.
    public var description: String {
        let subject = job.map { "\($0): " } ?? ""
        let advice = isRetryable ? "Retrying may help." : "Retrying will not help."
        return "\(subject)\(message) (\(code.rawValue)). \(advice)\(remedy.map { " \($0)" } ?? "")"
    }
}
