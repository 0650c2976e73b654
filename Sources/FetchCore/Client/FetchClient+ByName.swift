extension FetchClient {
    /// Polls a job once, by name.
    ///
    /// - Parameter job: The job.
    /// - Returns: The job's state. Its output is of the endpoint's own type, to which it can be cast, and lists links
    ///   and data to save or show in ``FetchOutput/outputArtifacts``.
    /// - Throws: ``FetchError`` if the request failed; with the code ``FetchError/Code/unknownEndpoint`` or
    ///   ``FetchError/Code/invalidID`` before anything is sent; `CancellationError`.
    @concurrent
    public func fetch(_ job: JobReference) async throws -> FetchState<any FetchOutput> {
        let handle = try handle(for: job).get()
        let result = try await scheduler.pollNow(job.id, of: handle, policy(nil, for: handle)) {
            limit,
            followUpLimit in
            try await handle.poll(job.id, limit, nil, followUpLimit)
        }
        if let result { return try result.get() }
        return try await singleRequest(handle, job.id)
    }

    /// Returns a job's states as they come, by name, the last one terminal.
    ///
    /// If the endpoint isn't registered or the id isn't of its type, the first step throws an error, and nothing is
    /// sent.
    ///
    /// - Parameters:
    ///   - job: The job.
    ///   - submitted: The date of the submission, and the ETA given then.
    ///   - policy: The policy of the wait. Defaults to the client's.
    /// - Returns: The sequence of states.
    public func updates(
        _ job: JobReference,
        submitted: Submission? = nil,
        policy: PollingPolicy? = nil
    ) -> FetchUpdates<any FetchOutput> {
        updates(of: handle(for: job), named: job.endpoint, job.id, submitted, policy)
    }

    /// Waits until a job is done and returns its output, by name.
    ///
    /// - Parameters:
    ///   - job: The job.
    ///   - submitted: The date of the submission, and the ETA given then.
    ///   - policy: The policy of the wait. Defaults to the client's.
    /// - Returns: The output.
    /// - Throws: What ``result(_:id:submitted:policy:)`` throws; with the code ``FetchError/Code/unknownEndpoint`` or
    ///   ``FetchError/Code/invalidID`` before anything is sent.
    public func result(
        _ job: JobReference,
        submitted: Submission? = nil,
        policy: PollingPolicy? = nil
    ) async throws -> any FetchOutput {
        try await output(of: try handle(for: job).get(), job.id, submitted, policy)
    }
}
