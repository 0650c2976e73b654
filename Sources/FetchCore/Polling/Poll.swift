/// One wait for one job: asks, sleeps and asks again as its plan says.
struct Poll<Output: Sendable> {
    private enum Phase {
        case due(Duration)
        case lastRequestMade
        case ended
    }

    private let policy: PollingPolicy
    private let timeline: Timeline
    private let random: @Sendable () -> Double
    private let ask: @Sendable (_ timeout: Duration) async throws -> Result<FetchState<Output>, FetchError>
    private let locate: @Sendable (FetchError) -> FetchError
    private let onRetry: (@Sendable (FetchRetry) -> Void)?

    private var plan: PollPlan
    private var phase: Phase
    private var requests = 0

    /// Prepares a wait.
    ///
    /// - Parameters:
    ///   - ask: Asks once. It throws only `CancellationError`.
    ///   - locate: Adds the endpoint and the job to an error.
    ///   - onRetry: Is told of each request that failed and will be made again.
    init(
        policy: PollingPolicy,
        plan: PollPlan,
        timeline: Timeline,
        random: @escaping @Sendable () -> Double,
        locate: @escaping @Sendable (FetchError) -> FetchError,
        onRetry: (@Sendable (FetchRetry) -> Void)?,
        ask: @escaping @Sendable (_ timeout: Duration) async throws -> Result<FetchState<Output>, FetchError>
    ) {
        self.policy = policy
        self.plan = plan
        self.timeline = timeline
        self.random = random
        self.locate = locate
        self.onRetry = onRetry
        self.ask = ask
        phase = .due(plan.firstAsk)
    }

    mutating func next() async throws -> FetchUpdate<Output>? {
        do {
            while true {
                switch phase {
                case .ended: return nil
                case .lastRequestMade:
                    try Task.checkCancellation()
                    throw deadlineExceeded
                case .due(let time):
                    let mustSleep = timeline.now < time
                    try await timeline.sleep(until: time)
                    if let update = try await step(overslept: mustSleep) { return update }
                }
            }
        } catch {
            phase = .ended
            guard var error = error as? FetchError else { throw error }
            error.lastProgress = error.lastProgress ?? plan.lastProgress
            throw error
        }
    }

    /// Asks once. Returns nil where the request failed and may be made again.
    ///
    /// - Parameter overslept: Whether the time that is past was spent in a gap. A machine that slept through the deadline
    ///   asks once more before it believes an answer from before.
    private mutating func step(overslept: Bool) async throws -> FetchUpdate<Output>? {
        let start = timeline.now
        let deadline = policy.usableDeadline
        guard start < deadline || overslept else { throw deadlineExceeded }
        let rest = start < deadline ? deadline - start : deadline / 10
        let answer = try await ask(min(policy.usableRequestTimeout, rest))
        let now = timeline.now
        requests += 1
        plan.noteRequest(answeredAfter: answer.wasReceived ? now - start : nil)
        switch answer {
        case .success(let state):
            return FetchUpdate(
                state: state,
                requests: requests,
                elapsed: now,
                nextRequest: schedule(after: state, at: now)
            )
        case .failure(let error):
            let next = try plan.nextAsk(after: error, at: now, random: random())
            schedule(next)
            if let next, let onRetry {
                onRetry(FetchRetry(error: error, requests: requests, elapsed: now, nextRequest: next - now))
            }
            return nil
        }
    }

    /// The time until the next request, nil where there will be none.
    private mutating func schedule(after state: FetchState<Output>, at now: Duration) -> Duration? {
        guard case .pending(let progress) = state else {
            phase = .ended
            return nil
        }
        let next = plan.nextAsk(after: progress, at: now)
        schedule(next)
        return next.map { $0 - now }
    }

    private mutating func schedule(_ time: Duration?) {
        phase = time.map(Phase.due) ?? .lastRequestMade
    }

    private var deadlineExceeded: FetchError {
        let deadline = policy.usableDeadline.inSeconds
        var error =
            if plan.lastProgress != nil {
                FetchError(
                    .deadlineExceeded,
                    "the job wasn't ready within \(deadline) s; it was still pending",
                    remedy: "Wait again later; the job keeps running."
                )
            } else {
                FetchError(
                    .deadlineExceeded,
                    "no answer about the job came within \(deadline) s; its state was never established",
                    remedy: plan.lastError?.remedy ?? "Check that the server can be reached, or wait longer."
                )
            }
        error.lastProgress = plan.lastProgress
        error.lastError = plan.lastError
        return locate(error)
    }
}

extension Result where Failure == FetchError {
    /// Whether the server said anything at all. How long its silence lasted tells nothing about its answers.
    fileprivate var wasReceived: Bool {
        if case .failure(let error) = self { error.httpStatus != nil } else { true }
    }
}
