#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The date at which a job was submitted, and the ETA that the provider gave then.
///
/// Many providers include both in the response to the submission only. Store a submission together with its
/// ``JobReference``: polling that resumes in another process then continues as if it had never stopped.
public struct Submission: Sendable, Hashable, Codable {
    /// The date at which the provider accepted the job.
    public var date: Date

    /// The provider's estimate of the time from the submission to the result. `nil` if it gave none.
    public var eta: Duration?

    /// Creates a submission.
    ///
    /// - Parameters:
    ///   - date: The date at which the provider accepted the job. Defaults to now. A date in the future counts as now.
    ///   - eta: The provider's estimate of the time from then to the result. Values out of range are clamped when they
    ///     are used. Defaults to none.
    public init(at date: Date = Date(), eta: Duration? = nil) {
        self.date = date
        self.eta = eta
    }

    /// Creates a submission with the ETA as a number of seconds from a response.
    ///
    /// - Parameters:
    ///   - date: The date at which the provider accepted the job. Defaults to now. A date in the future counts as now.
    ///   - etaSeconds: The provider's estimate of the time from then to the result, in seconds. It is clamped to the
    ///     range from zero to 100 years. NaN and `nil` mean that there is none.
    public init(at date: Date = Date(), etaSeconds: Double?) {
        self.init(at: date, eta: etaSeconds.flatMap(Duration.init(clampingSeconds:)))
    }

    /// Returns the time since the submission, at least zero.
    func age(at now: Date) -> Duration {
        Duration(clampingSeconds: now.timeIntervalSince(date)) ?? .zero
    }
}
