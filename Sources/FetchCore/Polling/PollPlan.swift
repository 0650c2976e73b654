/// Decides from each answer when to ask again, or that it is no use.
///
/// A plan is a value that knows no clock, no network and no provider. Times are durations since the wait began.
struct PollPlan {
    /// How patient to be.
    let policy: UsablePolicy

    private let isAgeKnown: Bool
    @InNanosecondsOrNil private var firstExpectedAge: Duration?

    @InNanoseconds private var ageAtStart: Duration
    @InNanosecondsOrNil private var expectedAge: Duration?
    @InNanosecondsOrNil private var lastETA: Duration?
    @InNanoseconds private var lastSign: Duration
    @InNanoseconds private var slowestAnswer: Duration = .zero
    @InNanoseconds private var latestAnswer: Duration = .zero
    private var errorsInARow: UInt16 = 0
    private var slowDownsInARow: UInt16 = 0

    /// How often the job has been asked about.
    private(set) var requests: UInt32 = 0

    /// The last thing heard of the job, and the error of the last request, if that failed.
    private(set) var lastWord = LastWord.none

    /// Begins a plan.
    ///
    /// - Parameters:
    ///   - policy: How patient to be.
    ///   - age: The job's age now, where the caller said when it was submitted.
    ///   - eta: The ETA that was given when the job was submitted.
    init(policy: UsablePolicy, age: Duration? = nil, eta: Duration? = nil) {
        self.policy = policy
        isAgeKnown = age != nil
        let age = age?.clamped(to: .zero ... .longest)
        ageAtStart = age ?? .zero
        firstExpectedAge = age == nil ? nil : eta?.clamped(to: .zero ... .longest)
        expectedAge = age == nil ? nil : eta?.clamped(to: .zero ... .longest)
        lastETA = age == nil ? nil : eta
        lastSign = .zero - (age ?? .zero)
    }

    /// When to ask for the first time: at once, unless the job is known to be too young.
    ///
    /// Nothing has been asked yet, so a job that is older than its first due time is due now.
    ///
    /// - Parameter durations: What has been learned of the endpoint's jobs.
    func firstAsk(knowing durations: JobDurations?) -> Duration {
        guard isAgeKnown else { return .zero }
        let moment = PollingMoment(age: .zero, expectedAge: firstExpectedAge, requests: 0, durations: durations)
        let gap = policy.schedule.gap(at: moment)
        let due = gap.clamped(to: policy.gaps) - ageAtStart
        return min(max(due, .zero), earlyLastAsk)
    }

    /// Notes that a request was made.
    ///
    /// - Parameter duration: How long its answer took; nil where none came.
    mutating func noteRequest(answeredAfter duration: Duration?) {
        requests += 1
        guard let duration else { return }
        latestAnswer = duration
        slowestAnswer = max(slowestAnswer, duration)
    }

    /// When to ask again about a job that isn't ready, or nil where the last request was made.
    ///
    /// - Parameters:
    ///   - word: What was heard, as it is kept.
    ///   - durations: What has been learned of the endpoint's jobs.
    mutating func nextAsk(
        after progress: JobProgress,
        _ word: LastWord,
        at now: Duration,
        knowing durations: JobDurations?
    ) -> Duration? {
        errorsInARow = 0
        slowDownsInARow = 0
        lastWord = word
        lastSign = now
        if let eta = progress.eta, eta != lastETA {
            // A provider that repeats an ETA unchanged isn't counting down: its first word stays the better one.
            lastETA = eta
            expectedAge = ageAtStart + now + eta.clamped(to: .zero ... .longest)
            firstExpectedAge = firstExpectedAge ?? expectedAge
        }
        return next(hint: progress.retryAfter, at: now) { plan in
            let moment = PollingMoment(
                age: plan.ageAtStart + now,
                expectedAge: plan.expectedAge,
                requests: Int(plan.requests),
                durations: durations
            )
            return plan.policy.schedule.gap(at: moment)
        }
    }

    /// When the job was done, which was found just now; nil where not enough is known to learn from.
    ///
    /// Who didn't say when the job was submitted counts from the first request. Where that found the job done, it may have
    /// been done for days.
    func completion(at now: Duration) -> CompletedJob? {
        let lastPending = ageAtStart + lastSign
        guard isAgeKnown || lastPending > .zero else { return nil }
        return CompletedJob(pendingAt: lastPending, doneAt: ageAtStart + now, expectedAge: firstExpectedAge)
    }

    /// When to ask again after a request that failed, or nil where the last request was made.
    ///
    /// - Parameters:
    ///   - random: A number from 0 to 1, for the jitter.
    ///   - mayHurry: Whether the provider may be asked again soon; otherwise it is as late as the policy allows.
    /// - Throws: The error itself, where asking again is no use or was no use for too long.
    mutating func nextAsk(
        after error: FetchError,
        at now: Duration,
        random: Double,
        mayHurry: Bool = true
    ) throws(FetchError) -> Duration? {
        lastWord = .error(error, after: lastWord.progress)
        switch error.code {
        case .jobNotFound:
            guard error.isRetryable, now - lastSign < policy.notFoundGrace else { throw error.final }
            return next(hint: error.retryAfter, at: now) { plan in
                plan.policy.schedule.gap(at: PollingMoment(age: now - plan.lastSign, requests: Int(plan.requests)))
            }
        case .rateLimited where error.isRetryable:
            slowDownsInARow = min(slowDownsInARow, .max - 1) + 1
        default:
            errorsInARow = min(errorsInARow, .max - 1) + 1
            guard error.isRetryable else { throw error }
            guard Int(errorsInARow) <= policy.toleratedErrors else { throw error.repeated(Int(errorsInARow)) }
        }
        return next(hint: error.retryAfter, at: now) { plan in
            mayHurry ? plan.backoff(random: random) : plan.policy.gaps.upperBound
        }
    }

    /// Full jitter, as in AWS's retry layer: anything from zero to a bound that doubles with each error.
    private func backoff(random: Double) -> Duration {
        let doublings = min(Int(errorsInARow) + Int(slowDownsInARow), 30)
        let bound = min(policy.gaps.lowerBound * (1 << doublings), policy.gaps.upperBound)
        return random.isNaN ? bound : bound * min(max(random, 0), 1)
    }

    private func next(hint: Duration?, at now: Duration, otherwise gap: (Self) -> Duration) -> Duration? {
        guard let lastAsk = lastAsk(after: now) else { return nil }
        return min(now + (hint ?? gap(self)).clamped(to: policy.gaps), lastAsk)
    }

    /// When to ask for the last time, or nil where that was done.
    ///
    /// Two moments are kept free: one with room for an answer that is slower than expected, and, where that is answered in
    /// time, one just before the deadline. Only the second may come sooner than the floor, and not than the endpoint allows.
    private func lastAsk(after now: Duration) -> Duration? {
        if now + policy.gaps.lowerBound <= earlyLastAsk { return earlyLastAsk }
        return max(now, now + policy.endpointGap) < lateLastAsk ? lateLastAsk : nil
    }

    private var earlyLastAsk: Duration {
        policy.deadline - (slowestAnswer + slowestAnswer).clamped(to: policy.earlyRoom)
    }

    private var lateLastAsk: Duration {
        policy.deadline - (latestAnswer + latestAnswer).clamped(to: policy.lateRoom)
    }
}
