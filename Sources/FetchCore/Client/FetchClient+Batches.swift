extension FetchClient {
    /// Returns an empty batch, to which jobs can be added while it is iterated.
    ///
    /// - Parameter policy: The policy of each job. Defaults to the client's.
    /// - Returns: The batch.
    public func batch(policy: PollingPolicy? = nil) -> JobBatch { JobBatch(outcomeQueue(policy)) }

    /// Returns an empty batch whose requests begin only as long as a condition holds.
    ///
    /// - Parameters:
    ///   - keepsDetails: False if the errors of its outcomes have the last progress without details, which take hundreds
    ///     of bytes a job.
    ///   - mayPoll: Returns false when no further request may begin, for good. It is called before each request, while
    ///     the client is locked, so it must neither block nor call the client.
    /// - Returns: The batch.
    package func batch(keepsDetails: Bool, while mayPoll: @escaping @Sendable () -> Bool) -> JobBatch {
        JobBatch(outcomeQueue(nil, keepsDetails: keepsDetails, while: mayPoll))
    }

    /// Returns a batch that goes on with the waits of another one, usually of a process that has ended.
    ///
    /// No job is polled sooner than the other batch would have polled it. Deadlines stay the same: the time during
    /// which no process ran counts. Jobs can be added until the batch is finished; those of the snapshot aren't added
    /// again.
    ///
    /// - Parameters:
    ///   - snapshot: What the other batch waited for.
    ///   - policy: The policy of each job. Defaults to the client's.
    /// - Returns: The batch.
    public func batch(resuming snapshot: BatchSnapshot, policy: PollingPolicy? = nil) -> JobBatch {
        let batch = batch(policy: policy)
        for job in snapshot.jobs { batch.add(job) }
        return batch
    }

    /// Waits for many jobs, and returns their outcomes as they come.
    ///
    /// ```swift
    /// for try await outcome in client.outcomes(of: rows.map { QueuedJob($0.job, submitted: $0.submission) }) {
    ///     save(outcome.job, outcome.result)
    /// }
    /// ```
    ///
    /// A slow or failing job neither delays nor ends the others.
    ///
    /// - Parameters:
    ///   - jobs: The jobs, of any endpoints. A job that is named again before it has ended has one outcome.
    ///   - policy: The policy of each job. Defaults to the client's.
    /// - Returns: A finished batch of the jobs.
    public func outcomes(of jobs: some Sequence<QueuedJob>, policy: PollingPolicy? = nil) -> JobBatch {
        let batch = batch(policy: policy)
        for job in jobs { batch.add(job) }
        batch.finish()
        return batch
    }

    /// Waits for many jobs of which only the references are known, and returns their outcomes as they come.
    ///
    /// - Parameters:
    ///   - jobs: The jobs, of any endpoints. A job that is named again before it has ended has one outcome.
    ///   - policy: The policy of each job. Defaults to the client's.
    /// - Returns: A finished batch of the jobs.
    public func outcomes(of jobs: some Sequence<JobReference>, policy: PollingPolicy? = nil) -> JobBatch {
        outcomes(of: jobs.lazy.map { QueuedJob($0) }, policy: policy)
    }

    /// Waits for all jobs of an asynchronous sequence, and returns their outcomes as they come: for a queue, or for a
    /// table that is too large to be read at once.
    ///
    /// Jobs are read while fewer than the limit are waited for or have untaken outcomes. So a slow loop over the
    /// outcomes slows down the reading as well.
    ///
    /// - Parameters:
    ///   - jobs: The jobs. An error that the sequence throws is thrown by the loop, after the outcomes of the jobs
    ///     before it.
    ///   - maximum: The number of jobs that are waited for at once; at least one. Defaults to 100,000.
    ///   - policy: The policy of each job. Defaults to the client's.
    /// - Returns: A batch that is finished when the sequence has ended. More jobs can be added to it until then.
    public func outcomes<Jobs: AsyncSequence & Sendable>(
        of jobs: Jobs,
        maxConcurrent maximum: Int = 100_000,
        policy: PollingPolicy? = nil
    ) -> JobBatch where Jobs.Element == QueuedJob {
        let queue = outcomeQueue(policy)
        let feeder = scheduler.task {
            do {
                for try await job in jobs {
                    guard !Task.isCancelled, queue.isOpen else { return }
                    queue.add(job)
                    await queue.room(below: max(maximum, 1))
                    guard queue.isOpen else { return }
                }
                queue.finish()
            } catch {
                queue.finish(throwing: error)
            }
        }
        return JobBatch(queue, feeder: feeder)
    }

    private func outcomeQueue(
        _ policy: PollingPolicy?,
        keepsDetails: Bool = true,
        while mayPoll: (@Sendable () -> Bool)? = nil
    ) -> OutcomeQueue {
        OutcomeQueue(
            scheduler: scheduler,
            wallClock: pipeline.wallClock,
            keepsDetails: keepsDetails,
            endpoint: { [self] job, account in
                handle(for: job, account.map { self.account(ofID: $0) })
                    .map { OutcomeQueueState.Endpoint(handle: $0, policy: self.policy(policy, for: $0)) }
            },
            while: mayPoll
        )
    }
}
