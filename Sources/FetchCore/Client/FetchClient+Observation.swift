extension FetchClient {
    /// The durations that this client and its copies have learned of each endpoint's jobs.
    ///
    /// They shape the default schedule. A service can store them, and create its next client with them. They hold no
    /// ids and no results, and take about a kilobyte an endpoint.
    public var durations: [EndpointName: JobDurations] { scheduler.durations }

    /// Begins with durations that another client has learned, for endpoints of which this one has learned none yet.
    package func begin(with durations: [EndpointName: JobDurations]) { scheduler.begin(with: durations) }

    /// The statistics of each endpoint that this client and its copies have polled: counters for metrics.
    public var statistics: [EndpointName: EndpointStatistics] {
        var statistics = scheduler.statistics
        for (name, count) in pipeline.unreturnedCalls { statistics[name]?.unreturnedCalls = count }
        return statistics
    }

    /// Makes a job due now, or as soon as its shortest gap has passed since its last request began.
    ///
    /// Call it when the job may be done: after a webhook, a push message, or a user's pull to refresh. The job is
    /// polled within the limits of its provider, before the end of a back-off or a `Retry-After`, but not during the
    /// pause after a 429. The call has no effect if the job isn't waited for or has ended, or if its endpoint is
    /// neither `Hashable` nor registered. Many calls have the effect of one.
    ///
    /// - Parameter job: The job.
    public func wake(_ job: JobReference) { scheduler.hurry(job, of: account) }

    /// The pauses after a 429 that begin from now on, of all accounts of the client and its copies. The sequence ends
    /// when its task is cancelled.
    package var throttles: AsyncStream<ProviderThrottle> { scheduler.throttles.stream() }

    /// Counts that tests compare to find defects of the scheduler.
    package var schedulerInvariants: SchedulerInvariants { scheduler.invariants }
}
