// The ways from the response to a submission to the scheduler.
extension FetchClient {
    /// The job in the response to a submission.
    struct ReadSubmission<Output: Sendable> {
        let handle: EndpointHandle
        /// `nil` if the job has ended and the id isn't known.
        let id: String?
        let job: SubmittedJob<Output>

        /// Returns the error that a wait for the failed job throws.
        func error(_ failure: JobFailure) -> FetchError {
            FetchError.jobFailed(failure).about(endpoint: handle.name, id: id, account: handle.account.id)
        }
    }

    /// Reads a response for an endpoint.
    func submission<Endpoint: FetchEndpoint>(
        _ response: FetchResponse,
        of endpoint: Endpoint,
        registration: EndpointIdentity? = nil
    ) throws(FetchError) -> ReadSubmission<Endpoint.Output> {
        let handle = scheduler.handle(for: endpoint, registration: registration, account, pipeline)
        let response = account.keys.redact(response, of: handle.provider)
        do throws(FetchError) {
            switch try SubmissionReader(response, of: endpoint, handle.form).reading() {
            case .succeeded(let output): return ReadSubmission(handle: handle, id: nil, job: .succeeded(output))
            case .failed(let failure, let id): return ReadSubmission(handle: handle, id: id, job: .failed(failure))
            case .queued(let id, let eta, let date):
                let submission = Submission(at: date ?? pipeline.wallClock(), eta: eta)
                let job = QueuedJob(handle.job(id), account: account.id, submitted: submission)
                return ReadSubmission(handle: handle, id: id, job: .queued(job))
            }
        } catch {
            throw error.about(endpoint: handle.name, id: nil, account: account.id)
        }
    }

    /// Reads a response by the name of an endpoint, or by the polling URL in it.
    func submission(
        _ response: FetchResponse,
        of name: EndpointName?
    ) throws(FetchError) -> ReadSubmission<any FetchOutput> {
        let found = name ?? registry.endpoint(continuing: response)
        guard let found else { throw .withoutPollingURL(account.keys.redact(response, of: nil)) }
        return try erasedSubmission(response, of: registry.endpoint(named: found), registry.registration(of: found))
    }

    private func erasedSubmission(
        _ response: FetchResponse,
        of endpoint: some FetchEndpoint,
        _ registration: EndpointIdentity?
    ) throws(FetchError) -> ReadSubmission<any FetchOutput> {
        try submission(response, of: endpoint, registration: registration).erased
    }

    /// Returns the states of a job whose submission is read in the first step.
    func updates<Output>(
        named name: EndpointName?,
        _ policy: PollingPolicy?,
        reading: @escaping @Sendable () throws(FetchError) -> ReadSubmission<any FetchOutput>
    ) -> FetchUpdates<Output> {
        FetchUpdates(of: name, nil) { [self] in
            UpdatesSubscriber(scheduler: scheduler) { subscriber throws(FetchError) in
                let submission = try reading()
                switch submission.job {
                case .succeeded(let output): return .ended(.succeeded(output))
                case .failed(let failure): return .ended(.failed(failure))
                case .queued(let queued):
                    let (handle, id) = (submission.handle, queued.job.id)
                    let (plan, update) = plan(of: id, handle, queued.submitted, policy)
                    return .subscribed(scheduler.subscribe(subscriber, to: id, of: handle, plan), update)
                }
            }
        }
    }
}

extension FetchClient.ReadSubmission where Output: FetchOutput {
    /// The same with an output of any type.
    var erased: FetchClient.ReadSubmission<any FetchOutput> {
        let job: SubmittedJob<any FetchOutput> =
            switch job {
            case .queued(let queued): .queued(queued)
            case .succeeded(let output): .succeeded(output)
            case .failed(let failure): .failed(failure)
            }
        return FetchClient.ReadSubmission(handle: handle, id: id, job: job)
    }
}
