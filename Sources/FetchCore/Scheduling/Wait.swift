/// One wait for one job: how patient it is, what it has seen, and when it wants to ask.
///
/// A value without clock or network. Times are those of the scheduler.
struct Wait {
    /// What an answer means for the wait.
    enum News: Sendable {
        /// A state; a terminal one ends the wait.
        case update(FetchUpdate<any FetchOutput>)
        /// The request failed, and will be made again.
        case retry(FetchRetry)
        /// The wait is over without a result.
        case error(FetchError)
    }

    private let start: Duration
    private let policy: PollingPolicy
    private let asksOnce: Bool
    private var plan: PollPlan
    private var requests = 0

    /// When the job is to be asked about next; nil where the last request was made.
    private(set) var due: Duration?

    /// Begins a wait.
    init(policy: PollingPolicy, age: Duration? = nil, eta: Duration? = nil, at now: Duration) {
        start = now
        self.policy = policy
        asksOnce = false
        plan = PollPlan(policy: policy, age: age, eta: eta)
        due = now + plan.firstAsk
    }

    /// Begins a wait that ends with the first answer, whatever it is.
    init(once policy: PollingPolicy, at now: Duration) {
        start = now
        self.policy = policy
        asksOnce = true
        plan = PollPlan(policy: policy)
        due = now
    }

    /// When the wait is over, whatever has been heard.
    var deadline: Duration { start + (asksOnce ? policy.usableRequestTimeout : policy.usableDeadline) }

    /// How long a request may take that is made now.
    ///
    /// A machine that slept through the deadline asks once more before it believes an answer from before.
    func timeout(at now: Duration) -> Duration {
        let whole = deadline - start
        return min(policy.usableRequestTimeout, now < deadline ? deadline - now : whole / 10)
    }

    /// The shortest gap that is kept between requests.
    var minimumGap: Duration { policy.gaps.lowerBound }

    /// The longest gap that is believed in.
    var maximumGap: Duration { policy.gaps.upperBound }

    /// Makes the job due at a moment, if it isn't due before.
    mutating func hurry(to time: Duration) {
        if let due { self.due = min(due, time) }
    }

    /// Notes the answer to a request.
    ///
    /// - Parameters:
    ///   - duration: How long the answer took.
    ///   - mayRetry: Whether the provider may be asked again soon after an error.
    mutating func note(
        _ answer: EndpointAsker.Answer,
        after duration: Duration,
        at now: Duration,
        random: Double,
        mayRetry: Bool
    ) -> News {
        requests += 1
        plan.noteRequest(answeredAfter: answer.wasReceived ? duration : nil)
        switch answer {
        case .success(let state): return .update(update(state, at: now))
        case .failure(let error):
            guard !asksOnce else { return .error(error) }
            do throws(FetchError) {
                let next = try plan.nextAsk(after: error, at: now - start, random: random, mayHurry: mayRetry)
                due = next.map { start + $0 }
                guard let next else { return .error(deadlineExceeded) }
                return .retry(
                    FetchRetry(
                        error: error,
                        requests: requests,
                        elapsed: now - start,
                        nextRequest: next - (now - start)
                    )
                )
            } catch {
                return .error(error.after(plan.lastProgress))
            }
        }
    }

    /// Takes over what another wait for the same job has heard before; nil where this one wants to hear for itself.
    mutating func join(_ progress: JobProgress, at now: Duration) -> News? {
        asksOnce ? nil : .update(update(.pending(progress), at: now))
    }

    private mutating func update(
        _ state: FetchState<any FetchOutput>,
        at now: Duration
    ) -> FetchUpdate<any FetchOutput> {
        due = nil
        if case .pending(let progress) = state, !asksOnce {
            due = plan.nextAsk(after: progress, at: now - start).map { start + $0 }
        }
        return FetchUpdate(state: state, requests: requests, elapsed: now - start, nextRequest: due.map { $0 - now })
    }

    /// The error of a wait that took too long.
    var deadlineExceeded: FetchError {
        let limit = (deadline - start).inSeconds
        var error: FetchError
        if asksOnce {
            error = FetchError(.requestTimeout, "there was no answer within \(limit) s")
        } else if plan.lastProgress != nil {
            error = FetchError(
                .deadlineExceeded,
                "the job wasn't ready within \(limit) s; it was still pending",
                remedy: "Wait again later; the job keeps running."
            )
        } else {
            error = FetchError(
                .deadlineExceeded,
                "no answer about the job came within \(limit) s; its state was never established",
                remedy: plan.lastError?.remedy ?? "Check that the server can be reached, or wait longer."
            )
        }
        error.lastError = plan.lastError
        return error.after(plan.lastProgress)
    }
}

extension FetchError {
    /// The same error, with the last thing heard of the job.
    fileprivate func after(_ progress: JobProgress?) -> Self {
        var error = self
        error.lastProgress = error.lastProgress ?? progress
        return error
    }
}

extension EndpointAsker.Answer {
    /// Whether the server said anything at all. How long its silence lasted tells nothing about its answers.
    fileprivate var wasReceived: Bool {
        if case .failure(let error) = self { error.httpStatus != nil } else { true }
    }
}
