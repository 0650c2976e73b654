/// A job to wait for, with what was known when it was submitted: what a row of a database holds.
public struct QueuedJob: Sendable, Hashable, Codable {
    /// The job.
    public var reference: JobReference

    /// When it was submitted and what ETA it was given, if that is known.
    public var submission: Submission?

    /// Creates a job to wait for.
    public init(_ reference: JobReference, submitted submission: Submission? = nil) {
        self.reference = reference
        self.submission = submission
    }
}
