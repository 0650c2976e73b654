#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

extension FetchError: LocalizedError {
    /// One short sentence about the problem, for people.
    ///
    /// It depends only on ``code``, on the reason of ``failure`` if the job failed, and for a deadline on
    /// ``hasJobEnded``. So it contains no id, number or quotation, and can be the key of a translation. ``description``
    /// has them, for a log.
    public var errorDescription: String? {
        if hasJobEnded, code == .deadlineExceeded { return "The job's output couldn't be fetched in time." }
        return failure?.reason.sentence ?? code.sentence
    }

    /// The action that resolves the problem: ``remedy``, or else the advice to try again if the error is retryable.
    public var recoverySuggestion: String? { remedy ?? (isRetryable ? "Try again later." : nil) }
}

extension JobFailure.Reason {
    /// One short sentence for people.
    fileprivate var sentence: String {
        switch self {
        case .failed: "The job failed."
        case .cancelled: "The job was cancelled."
        case .expired: "The job or its output has expired."
        case .moderated: "The provider's content moderation stopped the job."
        }
    }
}
