/// A job to wait for, with the facts known at its submission: the contents of a database row.
public struct QueuedJob: Sendable, Hashable, Codable {
    /// The job to poll.
    public var job: JobReference

    /// The account with whose key the job is polled. `nil` for that of the client.
    public var account: AccountID?

    /// The date of the submission and the ETA given then. `nil` if unknown.
    public var submitted: Submission?

    /// The deadline of this job. `nil` if that of the policy applies.
    public var deadline: JobDeadline?

    /// A value of the caller's that comes back in ``JobOutcome/context``, such as the number of a row or of a user. It
    /// isn't sent. It takes memory while the job is waited for, so it should be small.
    public var context: JSONValue?

    /// Creates a job to wait for.
    ///
    /// - Parameters:
    ///   - job: The job to poll.
    ///   - account: The account with whose key the job is polled. Defaults to that of the client.
    ///   - submitted: The date of the submission and the ETA given then. Defaults to unknown.
    ///   - deadline: The deadline of this job. Defaults to that of the policy.
    ///   - context: A value that comes back in the outcome, such as `["user": 7]`. Defaults to none.
    public init(
        _ job: JobReference,
        account: AccountID? = nil,
        submitted: Submission? = nil,
        deadline: JobDeadline? = nil,
        context: JSONValue? = nil
    ) {
        self.job = job
        self.account = account
        self.submitted = submitted
        self.deadline = deadline
        self.context = context
    }
}
