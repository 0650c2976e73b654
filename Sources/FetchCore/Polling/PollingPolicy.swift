/// The time limits and retry limits of polling.
///
/// Every value is usable: values out of range are clamped, so that a policy from a configuration file can't trap, poll
/// without a pause or sleep forever.
///
/// | property | default | range |
/// |---|---|---|
/// | ``deadline`` | the endpoint's, or 10 min | at least 1 ms |
/// | ``requestTimeout`` | the endpoint's, or 30 s | at least 1 ms |
/// | ``minimumGap`` | 1 s | at least 10 ms |
/// | ``maximumGap`` | the endpoint's, or 60 s | at least ``minimumGap`` |
/// | ``toleratedErrors`` | 20 | zero or more |
/// | ``notFoundGrace`` | 90 s | zero or more |
///
/// Durations are also limited to 100 years.
public struct PollingPolicy: Sendable {
    /// The maximum time of polling a job, including requests. Defaults to `nil`: the ``FetchEndpoint/deadline`` that
    /// the endpoint states, or else 10 minutes.
    ///
    /// The time starts with the first call of an iterator's `next()`, or when the job is added to a batch. When it is
    /// over, polling throws ``FetchError/Code/deadlineExceeded``. A job of a batch can have a deadline of its own,
    /// ``QueuedJob/deadline``.
    ///
    /// Two requests are reserved for the end. The first one is made early enough for a slow response: before the
    /// deadline by twice the slowest response time so far, at least 500 ms (a quarter of a deadline below 2 s) and at
    /// most a quarter of the deadline. If its response arrives in time, the last one is made before the deadline by
    /// twice the latest response time, at least 100 ms (a tenth of a deadline below 1 s) and at most a tenth of the
    /// deadline. If the clock has passed the deadline while the machine was asleep, the job is polled once more, for at
    /// most a tenth of the deadline.
    public var deadline: Duration?

    /// The maximum time of one request. Defaults to `nil`: the ``FetchEndpoint/requestTimeout`` that the endpoint
    /// states, or else 30 seconds.
    ///
    /// A request that takes longer fails with ``FetchError/Code/requestTimeout``, which is retryable. Each follow-up
    /// has this time of its own, so a poll with follow-ups can take it 65 times, within the deadline.
    public var requestTimeout: Duration?

    /// The minimum time between a response and the next request, which also applies to hints of the server. Defaults to
    /// 1 second.
    ///
    /// If the endpoint's ``FetchEndpoint/minimumGap`` is longer, that applies. Only the last request before the
    /// deadline may be made earlier, but not before the endpoint's own gap has passed.
    public var minimumGap: Duration

    /// The maximum time between a response and the next request, which also applies to hints of the server. Defaults to
    /// `nil`: the ``FetchEndpoint/maximumGap`` that the endpoint states, or else 1 minute.
    public var maximumGap: Duration?

    /// The number of consecutive transient errors that polling tolerates. Defaults to 20, which covers an outage of
    /// some minutes.
    ///
    /// One more error ends polling, and is thrown. A response with the job's state resets the count.
    /// ``FetchError/Code/rateLimited`` and ``FetchError/Code/jobNotFound`` don't count.
    public var toleratedErrors: Int

    /// The time during which ``FetchError/Code/jobNotFound`` is tolerated. Defaults to 90 seconds.
    ///
    /// Some services don't find a job for a short time after they have accepted it, or now and then later. The time
    /// counts from the submission, or from the last response with the job's state. Without a ``Submission`` it counts
    /// from the first call of `next()`. Zero makes the error permanent.
    public var notFoundGrace: Duration

    /// The schedule, which determines the time of the next request if the server gives no hint. Defaults to
    /// ``LeastCostSchedule``.
    public var schedule: any PollingSchedule

    /// Creates a policy.
    ///
    /// - Parameters:
    ///   - deadline: The maximum time of polling a job, including requests. Defaults to the endpoint's, or 10 minutes.
    ///   - requestTimeout: The maximum time of one request. Defaults to the endpoint's, or 30 seconds.
    ///   - minimumGap: The minimum time between a response and the next request. Defaults to 1 second.
    ///   - maximumGap: The maximum time between a response and the next request. Defaults to the endpoint's, or 1
    ///     minute.
    ///   - toleratedErrors: The number of consecutive transient errors that polling tolerates. Defaults to 20.
    ///   - notFoundGrace: The time during which a job may be unknown to the server. Defaults to 90 seconds.
    ///   - schedule: The schedule for responses without a hint. Defaults to ``LeastCostSchedule``.
    public init(
        deadline: Duration? = nil,
        requestTimeout: Duration? = nil,
        minimumGap: Duration = .seconds(1),
        maximumGap: Duration? = nil,
        toleratedErrors: Int = 20,
        notFoundGrace: Duration = .seconds(90),
        schedule: any PollingSchedule = .leastCost
    ) {
        self.deadline = deadline
        self.requestTimeout = requestTimeout
        self.minimumGap = minimumGap
        self.maximumGap = maximumGap
        self.toleratedErrors = toleratedErrors
        self.notFoundGrace = notFoundGrace
        self.schedule = schedule
    }
}

// What applies if neither a policy nor an endpoint states it.
extension PollingPolicy {
    static let defaultDeadline: Duration = .seconds(600)
    static let defaultRequestTimeout: Duration = .seconds(30)
    static let defaultMaximumGap: Duration = .seconds(60)
}
