/// An element of ``FetchUpdates``: a job's state and the statistics of polling so far.
public struct FetchUpdate<Output: Sendable>: Sendable {
    /// The state from the latest response. No update follows a terminal state.
    public var state: FetchState<Output>

    /// The number of requests for this iteration so far, including failed ones. Follow-ups of a poll don't count
    /// separately.
    public var requests: Int

    /// The time since the first call of `next()`.
    public var elapsed: Duration

    /// The time from the response to the next request. `nil` if there is none, because the state is terminal or the
    /// last request before the deadline was made.
    public var nextRequest: Duration?

    /// The job's age, its ETA, and the durations of earlier jobs, from which the remaining time is estimated. `nil` if
    /// the state is terminal.
    public var moment: PollingMoment?

    /// Creates an update, for example for a preview or a test.
    ///
    /// - Parameters:
    ///   - state: The state.
    ///   - requests: The number of requests so far. Defaults to 1.
    ///   - elapsed: The time since the iteration began. Defaults to zero.
    ///   - nextRequest: The time from the response to the next request. Defaults to none.
    ///   - moment: The job's age, its ETA, and the durations of earlier jobs. Defaults to none.
    public init(
        state: FetchState<Output>,
        requests: Int = 1,
        elapsed: Duration = .zero,
        nextRequest: Duration? = nil,
        moment: PollingMoment? = nil
    ) {
        self.state = state
        self.requests = requests
        self.elapsed = elapsed
        self.nextRequest = nextRequest
        self.moment = moment
    }
}

extension FetchUpdate: Equatable where Output: Equatable {}

extension FetchUpdate {
    /// The completed fraction: the provider's own if the response contains one, or else an estimate.
    ///
    /// It is 1 if the job has succeeded. `nil` if the job has failed, or if nothing is known of how long it takes. An
    /// estimate can fall if a job takes longer than all earlier ones. Computed on each call, in about ten microseconds.
    public var fraction: JobFraction? {
        switch state {
        case .succeeded: JobFraction(1, source: .provider)
        case .failed: nil
        case .pending(let progress):
            if let fraction = progress.fraction {
                JobFraction(fraction, source: .provider)
            } else {
                moment?.estimatedFraction.map { JobFraction($0, source: .estimate) }
            }
        }
    }

    /// The time that the job still takes, from the response on: with even odds it ends within this range, and otherwise
    /// before or after it.
    ///
    /// `nil` if the state is terminal, or if nothing is known of how long the job takes. Computed on each call, in
    /// about ten microseconds.
    public var expectedRemaining: ClosedRange<Duration>? { moment?.expectedRemaining }
}
