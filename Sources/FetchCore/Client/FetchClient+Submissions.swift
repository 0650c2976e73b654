extension FetchClient {
    /// Returns the job in the response to its submission.
    ///
    /// Nothing is sent. The job's id, the date and the ETA are at the places that the endpoint's
    /// ``FetchEndpoint/submission`` declares. The client redacts the keys that it knows before the response is read.
    ///
    /// - Parameters:
    ///   - response: The response to the submission, with any HTTP status. The date is that of its `Date` header, or
    ///     else ``FetchResponse/receivedAt``, or else now.
    ///   - endpoint: The endpoint that polls the job. To wait for a queued job by its reference, as a batch does, the
    ///     endpoint has to be registered.
    /// - Returns: The job to wait for, or its end.
    /// - Throws: ``FetchError`` if the response has no job. An error response has the same code as for a poll, such as
    ///   ``FetchError/Code/unauthorized``, but a 404 is ``FetchError/Code/badRequest``, and ``FetchError/isRetryable``
    ///   says whether submitting the job again can succeed. A response without an id at a declared place is
    ///   ``FetchError/Code/malformedResponse``, an id of another type ``FetchError/Code/invalidID``, a polling URL of
    ///   another server ``FetchError/Code/refusedURL``.
    @concurrent
    public func submittedJob<Endpoint: FetchEndpoint>(
        in response: FetchResponse,
        of endpoint: Endpoint
    ) async throws -> SubmittedJob<Endpoint.Output> {
        try submission(response, of: endpoint).job
    }

    /// Waits for the job in the response to its submission, and returns its output.
    ///
    /// ```swift
    /// let text = try await client.result(continuing: response, of: .transcript)
    /// ```
    ///
    /// If the response already has the output, nothing is sent.
    ///
    /// - Parameters:
    ///   - response: The response to the submission, as for ``submittedJob(in:of:)-(_,Endpoint)``.
    ///   - endpoint: The endpoint that polls the job.
    ///   - policy: The policy of the wait. Defaults to the client's.
    /// - Returns: The output.
    /// - Throws: What ``submittedJob(in:of:)-(_,Endpoint)`` and ``result(_:id:submitted:policy:)`` throw.
    @concurrent
    public func result<Endpoint: FetchEndpoint>(
        continuing response: FetchResponse,
        of endpoint: Endpoint,
        policy: PollingPolicy? = nil
    ) async throws -> Endpoint.Output {
        let submission = try submission(response, of: endpoint)
        switch submission.job {
        case .succeeded(let output): return output
        case .failed(let failure): throw submission.error(failure)
        case .queued(let queued):
            let (handle, id) = (submission.handle, queued.job.id)
            let output = try await output(of: handle, id, queued.submitted, policy)
            return try FetchUpdates<Endpoint.Output>.output(output, of: handle.name, id)
        }
    }

    /// Returns the states of the job in the response to its submission, the last one terminal.
    ///
    /// The response is read in the first step, on the actor of the loop, and that step throws the errors of
    /// ``submittedJob(in:of:)-(_,Endpoint)``. If the response already has the end of the job, that is the only state,
    /// and nothing is sent.
    ///
    /// - Parameters:
    ///   - response: The response to the submission, as for ``submittedJob(in:of:)-(_,Endpoint)``.
    ///   - endpoint: The endpoint that polls the job.
    ///   - policy: The policy of the wait. Defaults to the client's.
    /// - Returns: The sequence of states.
    public func updates<Endpoint: FetchEndpoint>(
        continuing response: FetchResponse,
        of endpoint: Endpoint,
        policy: PollingPolicy? = nil
    ) -> FetchUpdates<Endpoint.Output> {
        updates(named: endpoint.name, policy) { [self] () throws(FetchError) in
            try submission(response, of: endpoint).erased
        }
    }
}
