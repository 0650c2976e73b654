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

        var isRetry: Bool {
            if case .retry = self { true } else { false }
        }

        /// Whether no more news come after it.
        var isEnd: Bool {
            switch self {
            case .update(let update): update.state.isTerminal
            case .retry: false
            case .error: true
            }
        }
    }

    @InNanoseconds private var start: Duration
    private let asksOnce: Bool
    private var plan: PollPlan

    /// When the job is to be asked about next; nil where the last request was made.
    @InNanosecondsOrNil private(set) var due: Duration?

    /// Begins a wait.
    ///
    /// - Parameters:
    ///   - age: The job's age, where it is known when it was submitted.
    ///   - eta: The ETA that was given then.
    ///   - durations: What has been learned of the endpoint's jobs.
    init(
        policy: UsablePolicy,
        age: Duration? = nil,
        eta: Duration? = nil,
        at now: Duration,
        knowing durations: JobDurations? = nil
    ) {
        start = now
        asksOnce = false
        plan = PollPlan(policy: policy, age: age, eta: eta)
        due = now + plan.firstAsk(knowing: durations)
    }

    /// Begins a wait that ends with the first answer, whatever it is.
    init(once policy: UsablePolicy, at now: Duration) {
        start = now
        asksOnce = true
        plan = PollPlan(policy: policy)
        due = now
    }

    /// How long the wait may take in all.
    private var limit: Duration { asksOnce ? plan.policy.requestTimeout : plan.policy.deadline }

    /// When the wait is over, whatever has been heard.
    var deadline: Duration { start + limit }

    /// When the wait is over that wants to ask since a moment.
    ///
    /// A machine that slept through the deadline asks once more before it believes an answer from before.
    func deadline(asOf time: Duration) -> Duration { time < deadline ? deadline : time + limit / 10 }

    /// How long a request may take that is made now, and has been wanted since a moment.
    func timeout(at now: Duration, wantedSince time: Duration) -> Duration {
        min(plan.policy.requestTimeout, deadline(asOf: time) - now)
    }

    /// The shortest gap that is kept between requests.
    var minimumGap: Duration { plan.policy.gaps.lowerBound }

    /// The longest gap that is believed in.
    var maximumGap: Duration { plan.policy.gaps.upperBound }

    /// Makes the job due at a moment, if it isn't due before.
    mutating func hurry(to time: Duration) {
        if let due { self.due = min(due, time) }
    }

    /// Notes the answer to a request.
    mutating func note(_ heard: HeardAnswer, at now: Duration) -> News {
        plan.noteRequest(answeredAfter: heard.wasReceived ? heard.latency : nil)
        switch heard.answer {
        case .success(let state): return .update(update(state, heard.word, at: now, knowing: heard.durations))
        case .failure(let error):
            guard !asksOnce else { return .error(error) }
            do throws(FetchError) {
                let elapsed = now - start
                let next = try plan.nextAsk(
                    after: error,
                    at: elapsed,
                    random: heard.random,
                    mayHurry: heard.mayRetry
                )
                due = next.map { start + $0 }
                guard let next else { return .error(deadlineExceeded) }
                return .retry(
                    FetchRetry(
                        error: error,
                        requests: Int(plan.requests),
                        elapsed: elapsed,
                        nextRequest: next - elapsed
                    )
                )
            } catch {
                return .error(error.after(plan.lastWord.progress))
            }
        }
    }

    /// Takes over what another wait for the same job has heard before; nil where this one wants to hear for itself.
    mutating func join(_ word: LastWord, at now: Duration, knowing durations: JobDurations?) -> News? {
        guard !asksOnce, let progress = word.progress else { return nil }
        return .update(update(.pending(progress), word, at: now, knowing: durations))
    }

    /// When the job was done, which was found just now; nil where not enough is known to learn from.
    func completion(at now: Duration) -> CompletedJob? { asksOnce ? nil : plan.completion(at: now - start) }

    /// What was last heard of the job.
    var lastWord: LastWord { plan.lastWord }

    private mutating func update(
        _ state: FetchState<any FetchOutput>,
        _ word: LastWord,
        at now: Duration,
        knowing durations: JobDurations?
    ) -> FetchUpdate<any FetchOutput> {
        due = nil
        if case .pending(let progress) = state, !asksOnce {
            due = plan.nextAsk(after: progress, word, at: now - start, knowing: durations).map { start + $0 }
        }
        return FetchUpdate(
            state: state,
            requests: Int(plan.requests),
            elapsed: now - start,
            nextRequest: due.map { $0 - now }
        )
    }

    /// The error of a wait that took too long.
    var deadlineExceeded: FetchError {
        let limit = limit.inSeconds
        var error: FetchError
        if asksOnce {
            error = FetchError(.requestTimeout, "there was no answer within \(limit) s")
        } else if plan.lastWord.progress != nil {
            error = FetchError(
                .deadlineExceeded,
                "the job wasn't ready within \(limit) s; it was still pending",
                remedy: "Wait again later; the job keeps running."
            )
        } else {
            error = FetchError(
                .deadlineExceeded,
                "no answer about the job came within \(limit) s; its state was never established",
                remedy: plan.lastWord.error?.remedy ?? "Check that the server can be reached, or wait longer."
            )
        }
        error.lastError = plan.lastWord.error
        return error.after(plan.lastWord.progress)
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
