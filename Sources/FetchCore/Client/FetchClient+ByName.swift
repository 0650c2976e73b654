extension FetchClient {
    /// Asks about a job once, by name.
    ///
    /// - Returns: The job's state. Its output says what there is to download or show in ``FetchOutput/artifacts``, and
    ///   can be cast to the endpoint's own type.
    /// - Throws: ``FetchError`` where the fetch failed; with the code ``FetchError/Code/unknownEndpoint`` or
    ///   ``FetchError/Code/invalidID`` before anything is sent; `CancellationError`.
    public func fetch(_ job: JobReference) async throws -> FetchState<any FetchOutput> {
        try await ask(job, timeout: policy.usableRequestTimeout).get()
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
        updates(
            submitted: submitted,
            policy: policy,
            minimumGap: (try? registry.endpoint(named: job.endpoint))?.minimumGap ?? .zero,
            locate: { $0.about(endpoint: job.endpoint, id: job.id) },
            ask: { timeout in try await ask(job, timeout: timeout) }
        )
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
    /// Each job is a wait of its own: a slow or failing one neither delays nor ends the others.
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
        try await withThrowingTaskGroup(of: (JobReference, Result<any FetchOutput, FetchError>).self) { group in
            for job in Set(jobs) {
                group.addTask {
                    do {
                        return (job, .success(try await result(job, policy: policy)))
                    } catch let error as FetchError {
                        return (job, .failure(error))
                    }
                }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
    }

    private func ask(_ job: JobReference, timeout: Duration) async throws -> Result<
        FetchState<any FetchOutput>, FetchError
    > {
        let endpoint: any FetchEndpoint
        do throws(FetchError) {
            endpoint = try registry.endpoint(named: job.endpoint)
        } catch {
            return .failure(error.about(endpoint: job.endpoint, id: job.id))
        }
        return try await ask(endpoint, idText: job.id, timeout: timeout)
    }
}
