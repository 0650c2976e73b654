/// A type that determines the time of the next request if the server gives no hint.
///
/// A schedule is a pure function of a ``PollingMoment``. Its result is clamped to ``PollingPolicy/minimumGap`` and
/// ``PollingPolicy/maximumGap``, so no schedule can poll without a pause or sleep forever.
public protocol PollingSchedule: Sendable {
    /// Returns the time from now to the next request.
    ///
    /// The function is called on any thread and must return quickly.
    ///
    /// - Parameter moment: The state of a job that was just found pending, or of one that hasn't been polled yet.
    /// - Returns: Any duration. Values out of range are clamped.
    func gap(at moment: PollingMoment) -> Duration
}

/// The state of a job on which a ``PollingSchedule`` bases its result.
public struct PollingMoment: Sendable, Hashable {
    /// The time since the job was submitted. Without a ``Submission``, the time since polling started.
    public var age: Duration

    /// The age at which the provider expects the job to be done. `nil` if it gave no ETA.
    public var expectedAge: Duration?

    /// The number of requests so far. Zero before the first one.
    public var requests: Int

    /// The durations of the endpoint's previous jobs, which the client has learned. `nil` if it hasn't learned any.
    public var durations: JobDurations?

    /// Creates a moment.
    ///
    /// - Parameters:
    ///   - age: The time since the job was submitted.
    ///   - expectedAge: The age at which the provider expects the job to be done. Defaults to none.
    ///   - requests: The number of requests so far. Defaults to 1.
    ///   - durations: The durations of the endpoint's previous jobs. Defaults to none.
    public init(
        age: Duration,
        expectedAge: Duration? = nil,
        requests: Int = 1,
        durations: JobDurations? = nil
    ) {
        self.age = age
        self.expectedAge = expectedAge
        self.requests = requests
        self.durations = durations
    }
}
