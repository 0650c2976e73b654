/// The grace for a job that the server doesn't find: soon after its submission it may not be visible everywhere yet.
///
/// The time counts from the last response with the job's state, or else from the submission, and its limit is
/// ``PollingPolicy/notFoundGrace``.
struct NotFoundGrace: Sendable {
    /// The time since the wait began at which the job was last known to exist. Negative for a job that was submitted
    /// before.
    @InNanoseconds private(set) var lastSeen: Duration

    /// Begins with the age of a job, or zero if its submission isn't known.
    init(age: Duration = .zero) { lastSeen = .zero - age }

    /// Notes a response with the job's state.
    mutating func noteSeen(at elapsed: Duration) { lastSeen = elapsed }

    /// Returns the time for which the job hasn't been seen.
    func timeUnseen(at elapsed: Duration) -> Duration { elapsed - lastSeen }

    /// Returns true if the error leaves the job's existence open and the grace isn't over.
    func tolerates(_ error: FetchError, at elapsed: Duration, _ policy: ClampedPolicy) -> Bool {
        error.isRetryable && timeUnseen(at: elapsed) < policy.notFoundGrace
    }
}
