/// A job to wait for, with the facts known at its submission: the contents of a database row.
public struct QueuedJob: Sendable, Hashable, Codable {
    /// The job to poll.
    public var job: JobReference

    /// The date of the submission and the ETA given then. `nil` if unknown.
    public var submitted: Submission?

    /// Creates a job to wait for.
    public init(_ job: JobReference, submitted: Submission? = nil) {
        self.job = job
        self.submitted = submitted
    }
}
