#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// When a job was submitted, and how long the provider said that it would take.
///
/// Both are known to whoever submitted the job, and often to nobody else: many providers repeat neither. Keep them beside the
/// ``JobReference``, and a wait that is resumed in another process goes on as if it had never stopped.
public struct Submission: Sendable, Hashable, Codable {
    /// When the provider accepted the job.
    public var date: Date

    /// How long it would take from then, if the provider said.
    public var eta: Duration?

    /// Creates a submission.
    ///
    /// - Parameters:
    ///   - date: When the provider accepted the job. A date in the future is taken for now.
    ///   - eta: How long it would take from then. Anything below zero or absurdly long is brought to what a
    ///     schedule can use.
    public init(at date: Date = Date(), eta: Duration? = nil) {
        self.date = date
        self.eta = eta
    }

    /// The time since the submission, at least zero.
    func age(at now: Date) -> Duration {
        Duration(clampingSeconds: now.timeIntervalSince(date)) ?? .zero
    }
}
