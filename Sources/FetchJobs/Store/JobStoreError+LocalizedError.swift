#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

extension JobStoreError: LocalizedError {
    /// One short sentence about the problem, for people.
    ///
    /// It depends only on ``code``, so it can be the key of a translation. ``description`` has the job and the problem,
    /// for a log.
    public var errorDescription: String? {
        switch code {
        case .invalidJob: "The job can't be stored."
        case .unavailable: "The store of the jobs isn't available."
        case .unusable: "The store of the jobs can't be used."
        case .full: "The store of the jobs has no space left."
        }
    }

    /// The action that resolves the problem: ``remedy``, or else the advice to try again if the error is retryable.
    public var recoverySuggestion: String? { remedy ?? (isRetryable ? "Try again later." : nil) }
}
