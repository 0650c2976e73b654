/// One wait for one job: asks, sleeps and asks again as its plan says.
struct Poll<Output: Sendable> {
    /// What one request brought: a state or an error, and the hint in the response's header.
    struct Answer: Sendable {
        var result: Result<FetchState<Output>, FetchError>
        var retryAfter: Duration?

        /// Whether the server said anything at all. How long its silence lasted tells nothing about its answers.
        fileprivate var wasReceived: Bool {
            if case .failure(let error) = result { error.httpStatus != nil } else { true }
        }
    }

    private enum Phase {
        case due(Duration)
        case lastRequestMade
        case ended
    }

    private let policy: PollingPolicy
    private let timeline: Timeline
    private let random: @Sendable () -> Double
    private let ask: @Sendable (_ timeout: Duration) async throws -> Answer
    private let locate: @Sendable (FetchError) -> FetchError

    private var plan: PollPlan
    private var phase: Phase
    private var requests = 0

    /// Prepares a wait.
    ///
    /// - Parameters:
    ///   - ask: Asks once. It throws only `CancellationError`.
    ///   - locate: Adds the endpoint and the job to an error.
    init(
        policy: PollingPolicy,
        plan: PollPlan,
        timeline: Timeline,
        random: @escaping @Sendable () -> Double,
        locate: @escaping @Sendable (FetchError) -> FetchError,
        ask: @escaping @Sendable (_ timeout: Duration) async throws -> Answer
    ) {
        self.policy = policy
        self.plan = plan
        self.timeline = timeline
        self.random = random
        self.locate = locate
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
                    try await timeline.sleep(until: time)
                    if let update = try await step() { return update }
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
    private mutating func step() async throws -> FetchUpdate<Output>? {
        let start = timeline.now
        let rest = policy.usableDeadline - start
        guard rest > .zero else { throw deadlineExceeded }
        let answer = try await ask(min(policy.usableRequestTimeout, rest))
        let now = timeline.now
        requests += 1
        plan.noteRequest(answeredAfter: answer.wasReceived ? now - start : nil)

        let state: FetchState<Output>
        switch answer.result {
        case .failure(let error):
            schedule(try plan.nextAsk(after: error, header: answer.retryAfter, at: now, random: random()))
            return nil
        case .success(let known): state = known
        }
        var nextRequest: Duration?
        if case .pending(let progress) = state {
            let next = plan.nextAsk(after: progress, header: answer.retryAfter, at: now)
            schedule(next)
            nextRequest = next.map { $0 - now }
        } else {
            phase = .ended
        }
        return FetchUpdate(state: state, requests: requests, elapsed: now, nextRequest: nextRequest)
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
