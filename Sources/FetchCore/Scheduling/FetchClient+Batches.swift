extension FetchClient {
    /// An empty batch of jobs to wait for.
    ///
    /// - Parameter policy: How patient to be with each job; the client's policy where nil.
    public func batch(policy: PollingPolicy? = nil) -> JobBatch {
        JobBatch(client: self, policy: policy ?? self.policy)
    }

    /// What this client and its copies have learned of how long the jobs of each endpoint take.
    ///
    /// It shapes the default schedule. A service that starts anew can go on where it stopped: store this, and create the next
    /// client with it. It holds no ids and no results, and takes about a kilobyte an endpoint.
    public var durations: [EndpointName: JobDurations] { scheduler.durations }

    /// Makes a job that is waited for due now, or as soon as its shortest gap is over, and within the limits of its provider.
    ///
    /// For whoever has heard that a job may be ready: from a webhook, a push message, a user who pulls to refresh. What they
    /// say about the job isn't believed, only asked about. A job that nobody waits for, or that has ended, is left alone;
    /// many calls are as good as one.
    public func wake(_ job: JobReference) { scheduler.wake(job) }
}
