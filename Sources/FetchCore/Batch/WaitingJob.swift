#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A job of a ``BatchSnapshot``, with the schedule of its wait.
///
/// Members that a later version adds are optional, so that it reads what an earlier one has stored.
public struct WaitingJob: Sendable, Hashable, Codable {
    /// The job.
    public var job: JobReference

    /// The account of the job. `nil` for the client's own.
    public var account: AccountID?

    /// The date of the submission and the first ETA. `nil` if the submission is unknown.
    public var submitted: Submission?

    /// The value that was given with the job. `nil` if there was none.
    public var context: JSONValue?

    /// The date at which the wait began.
    public var began: Date

    /// The date of the deadline.
    public var deadline: Date

    /// The date before which the job isn't polled: that of its next request, not before its provider's pause is over.
    public var nextRequest: Date

    /// The date of the last request. `nil` if there was none.
    public var lastRequest: Date?

    /// The date of the last response with the state of the job. `nil` if there was none.
    public var lastPending: Date?

    /// The date at which the job should be done according to the latest ETA. `nil` if there was none.
    public var expectedEnd: Date?

    /// The latest ETA, as the provider gave it. `nil` if there was none.
    public var lastETA: Duration?

    /// The number of requests.
    public var requests: Int

    /// Creates a job of a snapshot.
    ///
    /// - Parameters:
    ///   - job: The job.
    ///   - account: The account of the job. Defaults to the client's own.
    ///   - submitted: The date of the submission and the first ETA. Defaults to unknown.
    ///   - context: The value that was given with the job. Defaults to none.
    ///   - began: The date at which the wait began.
    ///   - deadline: The date of the deadline.
    ///   - nextRequest: The date before which the job isn't polled.
    public init(
        _ job: JobReference,
        account: AccountID? = nil,
        submitted: Submission? = nil,
        context: JSONValue? = nil,
        began: Date,
        deadline: Date,
        nextRequest: Date
    ) {
        self.job = job
        self.account = account
        self.submitted = submitted
        self.context = context
        self.began = began
        self.deadline = deadline
        self.nextRequest = nextRequest
        requests = 0
    }
}
