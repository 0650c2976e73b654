/// When to ask again where the server gives no hint.
///
/// A schedule is a pure function of what is known of a job. Whatever it returns is brought between the policy's floor
/// and ceiling, so that no schedule can spin or sleep forever.
public protocol PollingSchedule: Sendable {
    /// How long to wait from now.
    func gap(at moment: PollingMoment) -> Duration
}

/// What a schedule knows of a job that was just found pending.
public struct PollingMoment: Sendable, Hashable {
    /// The time since the job was submitted, or since it was first asked about where the caller didn't say.
    public var age: Duration

    /// The age at which the provider expects the job to be done, if it said.
    public var expectedAge: Duration?

    /// How often the job has been asked about.
    public var requests: Int

    /// What the client has learned of this endpoint's jobs; nil where it learns nothing.
    public var durations: JobDurations?

    /// Creates a moment.
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
