/// A job to wait for, with the facts known at its submission: the contents of a database row.
public struct QueuedJob: Sendable, Hashable, Codable {
    /// The job to poll.
    public var job: JobReference

    /// The date of the submission and the ETA given then. `nil` if unknown.
    public var submitted: Submission?

    /// The deadline of this job. `nil` if that of the policy applies.
    public var deadline: JobDeadline?

    /// Creates a job to wait for.
    ///
    /// - Parameters:
    ///   - job: The job to poll.
    ///   - submitted: The date of the submission and the ETA given then. Defaults to unknown.
    ///   - deadline: The deadline of this job. Defaults to that of the policy.
    public init(_ job: JobReference, submitted: Submission? = nil, deadline: JobDeadline? = nil) {
        self.job = job
        self.submitted = submitted
        self.deadline = deadline
    }
}
