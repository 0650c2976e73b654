/// The result of a poll, with what is known of its last request.
struct PollReport<Output: Sendable>: Sendable {
    let result: Result<FetchState<Output>, FetchError>
    let exchange: LastExchange

    /// The follow-up that failed, at which the next poll of the job goes on. `nil` if it begins with the request for
    /// the status.
    var interruption: InterruptedPoll?

    /// Creates a report.
    ///
    /// - Parameters:
    ///   - result: The job's state, or the error of the request.
    ///   - exchange: What is known of the last request. Defaults to nothing, if none was sent.
    ///   - interruption: What the next poll needs to go on. Defaults to nothing.
    init(
        _ result: Result<FetchState<Output>, FetchError>,
        _ exchange: LastExchange = LastExchange(),
        _ interruption: InterruptedPoll? = nil
    ) {
        self.result = result
        self.exchange = exchange
        self.interruption = interruption
    }

    /// The error, if the request failed.
    var error: FetchError? {
        if case .failure(let error) = result { error } else { nil }
    }
}

extension PollReport<Void> {
    /// Returns the report with the output of a job that has succeeded.
    func with(_ output: (any FetchOutput)?) -> PollReport<any FetchOutput> {
        let result: Result<FetchState<any FetchOutput>, FetchError> =
            switch result {
            case .failure(let error): .failure(error)
            case .success(.pending(let progress)): .success(.pending(progress))
            case .success(.failed(let failure)): .success(.failed(failure))
            case .success(.succeeded): output.map { .success(.succeeded($0)) } ?? .success(.pending(JobProgress()))
            }
        return PollReport<any FetchOutput>(result, exchange, interruption)
    }
}
