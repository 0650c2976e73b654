extension FetchClient {
    /// Returns the job in the response to its submission, by name.
    ///
    /// - Parameters:
    ///   - response: The response to the submission, as for ``submittedJob(in:of:)-(_,Endpoint)``.
    ///   - name: The name of the endpoint that polls the job. Defaults to `nil`: the registered endpoint whose polling
    ///     URL the response contains.
    /// - Returns: The job to wait for, or its end.
    /// - Throws: What ``submittedJob(in:of:)-(_,Endpoint)`` throws; ``FetchError`` with the code
    ///   ``FetchError/Code/unknownEndpoint`` if there is no such endpoint.
    @concurrent
    public func submittedJob(
        in response: FetchResponse,
        of name: EndpointName? = nil
    ) async throws -> SubmittedJob<any FetchOutput> {
        try submission(response, of: name).job
    }

    /// Waits for the job in the response to its submission, and returns its output, by name.
    ///
    /// - Parameters:
    ///   - response: The response to the submission, as for ``submittedJob(in:of:)-(_,Endpoint)``.
    ///   - name: The name of the endpoint that polls the job. Defaults to `nil`: the registered endpoint whose polling
    ///     URL the response contains.
    ///   - policy: The policy of the wait. Defaults to the client's.
    /// - Returns: The output.
    /// - Throws: What ``submittedJob(in:of:)-(_,EndpointName?)`` and ``result(_:submitted:policy:)`` throw.
    @concurrent
    public func result(
        continuing response: FetchResponse,
        of name: EndpointName? = nil,
        policy: PollingPolicy? = nil
    ) async throws -> any FetchOutput {
        let submission = try submission(response, of: name)
        switch submission.job {
        case .succeeded(let output): return output
        case .failed(let failure): throw submission.error(failure)
        case .queued(let queued):
            return try await output(of: submission.handle, queued.job.id, queued.submitted, policy)
        }
    }

    /// Returns the states of the job in the response to its submission, by name, the last one terminal.
    ///
    /// - Parameters:
    ///   - response: The response to the submission, as for ``submittedJob(in:of:)-(_,Endpoint)``.
    ///   - name: The name of the endpoint that polls the job. Defaults to `nil`: the registered endpoint whose polling
    ///     URL the response contains.
    ///   - policy: The policy of the wait. Defaults to the client's.
    /// - Returns: The sequence of states. Its first step throws the errors of
    ///   ``submittedJob(in:of:)-(_,EndpointName?)``.
    public func updates(
        continuing response: FetchResponse,
        of name: EndpointName? = nil,
        policy: PollingPolicy? = nil
    ) -> FetchUpdates<any FetchOutput> {
        updates(named: name, policy) { [self] () throws(FetchError) in try submission(response, of: name) }
    }
}
