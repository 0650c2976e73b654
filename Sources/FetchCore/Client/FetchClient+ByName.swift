extension FetchClient {
    /// Asks about a job once, by name.
    ///
    /// - Returns: The job's state. Its output says what there is to download or show in ``FetchOutput/outputArtifacts``, and
    ///   can be cast to the endpoint's own type.
    /// - Throws: ``FetchError`` where the fetch failed; with the code ``FetchError/Code/unknownEndpoint`` or
    ///   ``FetchError/Code/invalidID`` before anything is sent; `CancellationError`.
    public func fetch(_ job: JobReference) async throws -> FetchState<any FetchOutput> {
        try await once(try asker(for: job).get(), job.id)
    }

    /// A job's states as they come, by name, the last one terminal.
    ///
    /// An endpoint that isn't registered, or an id that isn't of its type, ends the first step with an error; nothing is
    /// sent then.
    ///
    /// - Parameters:
    ///   - job: The job.
    ///   - submitted: When the job was submitted and what ETA it was given.
    ///   - policy: How patient to be; the client's policy where nil.
    public func updates(
        _ job: JobReference,
        submitted: Submission? = nil,
        policy: PollingPolicy? = nil
    ) -> FetchUpdates<any FetchOutput> {
        updates(of: asker(for: job), named: job.endpoint, job.id, submitted: submitted, policy: policy)
    }

    /// Waits until a job is done and returns its output, by name.
    ///
    /// - Parameters:
    ///   - job: The job.
    ///   - submitted: When the job was submitted and what ETA it was given.
    ///   - policy: How patient to be; the client's policy where nil.
    /// - Throws: What ``result(_:id:submitted:policy:)`` throws; with the code ``FetchError/Code/unknownEndpoint`` or
    ///   ``FetchError/Code/invalidID`` before anything is sent.
    public func result(
        _ job: JobReference,
        submitted: Submission? = nil,
        policy: PollingPolicy? = nil
    ) async throws -> any FetchOutput {
        try await updates(job, submitted: submitted, policy: policy).output()
    }

    /// Waits for several jobs at once.
    ///
    /// A slow or failing job neither delays nor ends the others. Where there are many, or each outcome is wanted as it comes,
    /// ask for a ``batch(policy:)``.
    ///
    /// - Parameters:
    ///   - jobs: The jobs, of any mixture of endpoints. A job that is named twice is asked about once.
    ///   - policy: How patient to be with each; the client's policy where nil.
    /// - Returns: What each job ended with.
    /// - Throws: Only `CancellationError`.
    public func results(
        of jobs: some Sequence<JobReference>,
        policy: PollingPolicy? = nil
    ) async throws -> [JobReference: Result<any FetchOutput, FetchError>] {
        let batch = batch(policy: policy)
        for job in jobs { batch.add(QueuedJob(job)) }
        batch.finish()
        var results: [JobReference: Result<any FetchOutput, FetchError>] = [:]
        for try await outcome in batch { results[outcome.job] = outcome.result }
        return results
    }
}
