extension FetchClient {
    /// The durations that this client and its copies have learned of each endpoint's jobs.
    ///
    /// They shape the default schedule. A service can store them, and create its next client with them. They hold no
    /// ids and no results, and take about a kilobyte an endpoint.
    public var durations: [EndpointName: JobDurations] { scheduler.durations }

    /// The statistics of each endpoint that this client and its copies have polled: counters for metrics.
    public var statistics: [EndpointName: EndpointStatistics] { scheduler.statistics }

    /// Makes a job due now, or as soon as its shortest gap is over, within the limits of its provider.
    ///
    /// For a hint that the job may be done: from a webhook, a push message, or a user who pulls to refresh. The hint
    /// isn't believed; the job is polled. A job that isn't waited for, or that has ended, is left alone. Many calls
    /// have the effect of one.
    ///
    /// - Parameter job: The job.
    public func wake(_ job: JobReference) { scheduler.hurry(job) }

    /// Counts that tests compare to find defects of the scheduler.
    package var schedulerInvariants: SchedulerInvariants { scheduler.invariants }
}
