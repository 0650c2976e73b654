extension FetchClient {
    /// An empty batch of jobs to wait for.
    ///
    /// - Parameter policy: How patient to be with each job; the client's policy where nil.
    public func batch(policy: PollingPolicy? = nil) -> JobBatch {
        JobBatch(client: self, policy: policy ?? self.policy)
    }

    /// Waits for all these jobs, and hands out what each ended with as it comes.
    ///
    /// ```swift
    /// for try await outcome in client.outcomes(of: rows.map { QueuedJob($0.job, submitted: $0.submission) }) {
    ///     save(outcome.job, outcome.result)
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - jobs: The jobs, of any mixture of endpoints. A job that is named twice is asked about once.
    ///   - policy: How patient to be with each job; the client's policy where nil.
    /// - Returns: A finished batch with those jobs.
    public func outcomes(of jobs: some Sequence<QueuedJob>, policy: PollingPolicy? = nil) -> JobBatch {
        let batch = batch(policy: policy)
        for job in jobs { batch.add(job) }
        batch.finish()
        return batch
    }

    /// Waits for all jobs that come, and hands out what each ended with as it comes: for a queue, or for a table that is too
    /// large to be read at once.
    ///
    /// Jobs are taken while fewer than the limit are waited for, or have outcomes that nobody has taken yet. So who is slow
    /// to take outcomes slows down the reading as well.
    ///
    /// - Parameters:
    ///   - jobs: The jobs. What the sequence throws is thrown by the loop, after the outcomes of the jobs that came before.
    ///   - limit: How many jobs may be waited for at once; at least one. 100,000 unless stated.
    ///   - policy: How patient to be with each job; the client's policy where nil.
    /// - Returns: A batch that is finished when the sequence has ended. More jobs can be added to it until then.
    public func outcomes<Jobs: AsyncSequence & Sendable>(
        of jobs: Jobs,
        atOnce limit: Int = 100_000,
        policy: PollingPolicy? = nil
    ) -> JobBatch where Jobs.Element == QueuedJob {
        JobBatch(client: self, policy: policy ?? self.policy) { queue in
            do {
                for try await job in jobs {
                    guard !Task.isCancelled, queue.isOpen else { return }
                    queue.add(job)
                    await queue.room(below: max(limit, 1))
                    guard queue.isOpen else { return }
                }
                queue.finish()
            } catch {
                queue.finish(throwing: error)
            }
        }
    }

    /// What this client and its copies have learned of how long the jobs of each endpoint take.
    ///
    /// It shapes the default schedule. A service that starts anew can go on where it stopped: store this, and create the next
    /// client with it. It holds no ids and no results, and takes about a kilobyte an endpoint.
    public var durations: [EndpointName: JobDurations] { scheduler.durations }

    /// What this client and its copies have done for each endpoint that they were asked about: counters for metrics.
    public var statistics: [EndpointName: EndpointStatistics] { scheduler.statistics }

    /// Makes a job that is waited for due now, or as soon as its shortest gap is over, and within the limits of its provider.
    ///
    /// For whoever has heard that a job may be ready: from a webhook, a push message, a user who pulls to refresh. What they
    /// say about the job isn't believed, only asked about. A job that nobody waits for, or that has ended, is left alone;
    /// many calls are as good as one.
    public func wake(_ job: JobReference) { scheduler.wake(job) }
}
