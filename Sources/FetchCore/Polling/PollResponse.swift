/// The state that a request found a job in, or the error that it failed with.
typealias PollResult = Result<FetchState<any FetchOutput>, FetchError>

/// The result of one request, with all that the plans of a job's subscriptions need to decide what follows from it.
///
/// A reference, since it is large, and passed on often.
final class PollResponse: Sendable {
    let result: PollResult

    /// The error, if the request failed.
    let error: FetchError?

    /// The facts about the requests of the poll.
    let exchange: LastExchange

    /// The time at which it was received, on the scheduler's timeline.
    let time: Duration

    /// The time from the beginning of the request to the response.
    let latency: Duration

    /// A number from 0 to 1, for the jitter of retries.
    let random: Double

    /// False if the provider's ``RetryBudget`` is empty, so that a failed request is repeated as late as the policy
    /// allows.
    let mayRetrySoon: Bool

    /// True if the poll has failed, but only after it has got on since the one before: the follow-up that had failed
    /// has succeeded.
    let isFurther: Bool

    /// The durations that have been learned of the endpoint's jobs.
    let durations: JobDurations?

    init(
        result: PollResult,
        error: FetchError?,
        exchange: LastExchange,
        time: Duration,
        latency: Duration,
        random: Double,
        mayRetrySoon: Bool,
        isFurther: Bool,
        durations: JobDurations?
    ) {
        self.result = result
        self.error = error
        self.exchange = exchange
        self.time = time
        self.latency = latency
        self.random = random
        self.mayRetrySoon = mayRetrySoon
        self.isFurther = isFurther
        self.durations = durations
    }

    /// True if the request found the job pending.
    var isPending: Bool {
        if case .success(.pending) = result { true } else { false }
    }

    /// True if the job has succeeded.
    var isSuccess: Bool {
        if case .success(.succeeded) = result { true } else { false }
    }

    /// The progress, if the job is pending.
    var progress: JobProgress? {
        if case .success(.pending(let progress)) = result { progress } else { nil }
    }

    /// The latency, if a server responded at all. The length of a silence tells nothing about its response times.
    var serverLatency: Duration? { error.map { $0.httpStatus == nil } == true ? nil : latency }
}

/// An event of one wait.
indirect enum PollEvent: Sendable {
    /// A state, from responses of so many bytes. A terminal one ends the wait.
    case update(FetchUpdate<any FetchOutput>, bytes: Int = 0)
    /// The request failed and will be repeated.
    case retry(FetchRetry)
    /// The wait ends without a result, after so many requests and so much time.
    case error(FetchError, requests: Int, elapsed: Duration)

    /// The end of a wait, and the size of the responses that its output comes from.
    typealias End = (result: Result<any FetchOutput, FetchError>, requests: Int, elapsed: Duration, bytes: Int)

    /// Returns the end of a wait that ends with this event; `nil` if the wait goes on.
    func end(of job: AccountJob) -> End? {
        switch self {
        case .retry: return nil
        case .error(let error, let requests, let elapsed): return (.failure(error), requests, elapsed, 0)
        case .update(let update, let bytes):
            switch update.state {
            case .pending: return nil
            case .succeeded(let output): return (.success(output), update.requests, update.elapsed, bytes)
            case .failed(let failure):
                let error = FetchError.jobFailed(failure).about(job)
                return (.failure(error), update.requests, update.elapsed, bytes)
            }
        }
    }

    /// The number of requests of the wait so far, which tells the later of two events.
    var requests: Int {
        switch self {
        case .update(let update, _): update.requests
        case .retry(let retry): retry.requests
        case .error(_, let requests, _): requests
        }
    }

    /// True if the wait ends with this event.
    var isTerminal: Bool {
        switch self {
        case .update(let update, _): update.state.isTerminal
        case .retry: false
        case .error: true
        }
    }
}
