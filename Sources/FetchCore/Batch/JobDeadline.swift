/// The deadline of one job: how long it is waited for.
///
/// ```swift
/// let training = QueuedJob(job, submitted: submission, deadline: .afterSubmission(.seconds(6 * 3_600)))
/// ```
public struct JobDeadline: Sendable, Hashable, Codable {
    /// The time for which the job is waited for, at least a millisecond and at most 100 years. Values out of range are
    /// clamped when they are used.
    public var limit: Duration

    /// True if the time counts from the job's ``QueuedJob/submitted``, and false if it counts from when the job is
    /// added to a batch.
    public var countsFromSubmission: Bool

    /// Creates a deadline that counts from when the job is added to a batch.
    public static func afterAdding(_ limit: Duration) -> Self { Self(limit: limit, countsFromSubmission: false) }

    /// Creates a deadline that counts from the submission, so that it stays the same if the job is added again in
    /// another process.
    ///
    /// If it has passed when the job is added, or nearly so, the job is waited for during a tenth of the time, so that
    /// a job that has ended meanwhile is found. If the submission is unknown, the time counts from when the job is
    /// added.
    public static func afterSubmission(_ limit: Duration) -> Self { Self(limit: limit, countsFromSubmission: true) }
}

extension JobDeadline {
    /// Returns the length of a wait that begins when the job has an age, which is `nil` if it is unknown.
    func limit(atAge age: Duration?) -> Duration {
        guard countsFromSubmission, let age else { return limit }
        return max(limit.clampedTimeLimit - age, limit.clampedTimeLimit / 10)
    }
}
