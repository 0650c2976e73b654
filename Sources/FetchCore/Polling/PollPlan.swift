/// Decides from each answer when to ask again, or that it is no use.
///
/// A plan is a value that knows no clock, no network and no provider. Times are durations since the wait began.
struct PollPlan {
    private let policy: PollingPolicy
    private let isAgeKnown: Bool
    private let ageAtStart: Duration
    private let firstExpectedAge: Duration?

    private var expectedAge: Duration?
    private var lastETA: Duration?
    private var requests = 0
    private var errorsInARow = 0
    private var slowDownsInARow = 0
    private var lastSign: Duration
    private var slowestAnswer: Duration = .zero
    private var latestAnswer: Duration = .zero

    /// The last thing heard of the job.
    private(set) var lastProgress: JobProgress?

    /// The error of the last request, if that failed.
    private(set) var lastError: FetchError?

    /// Begins a plan.
    ///
    /// - Parameters:
    ///   - policy: How patient to be.
    ///   - age: The job's age now, where the caller said when it was submitted.
    ///   - eta: The ETA that was given when the job was submitted.
    init(policy: PollingPolicy, age: Duration? = nil, eta: Duration? = nil) {
        self.policy = policy
        isAgeKnown = age != nil
        ageAtStart = (age ?? .zero).clamped(to: .zero ... .longest)
        firstExpectedAge = age == nil ? nil : eta?.clamped(to: .zero ... .longest)
        expectedAge = firstExpectedAge
        lastETA = age == nil ? nil : eta
        lastSign = .zero - ageAtStart
    }

    /// When to ask for the first time: at once, unless the job is known to be too young.
    ///
    /// Nothing has been asked yet, so a job that is older than its first due time is due now.
    var firstAsk: Duration {
        guard isAgeKnown else { return .zero }
        let gap = policy.schedule.gap(at: PollingMoment(age: .zero, expectedAge: firstExpectedAge, requests: 0))
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
    mutating func nextAsk(after progress: JobProgress, at now: Duration) -> Duration? {
        errorsInARow = 0
        slowDownsInARow = 0
        lastError = nil
        lastSign = now
        lastProgress = progress
        if let eta = progress.eta, eta != lastETA {
            // A provider that repeats an ETA unchanged isn't counting down: its first word stays the better one.
            lastETA = eta
            expectedAge = ageAtStart + now + eta.clamped(to: .zero ... .longest)
        }
        return next(hint: progress.retryAfter, at: now) { plan in
            let moment = PollingMoment(
                age: plan.ageAtStart + now,
                expectedAge: plan.expectedAge,
                requests: plan.requests
            )
            return plan.policy.schedule.gap(at: moment)
        }
    }

    /// When to ask again after a request that failed, or nil where the last request was made.
    ///
    /// - Parameter random: A number from 0 to 1, for the jitter.
    /// - Throws: The error itself, where asking again is no use or was no use for too long.
    mutating func nextAsk(
        after error: FetchError,
        at now: Duration,
        random: Double
    ) throws(FetchError) -> Duration? {
        lastError = error
        switch error.code {
        case .jobNotFound:
            guard error.isRetryable, now - lastSign < policy.notFoundGrace else { throw error.final }
            return next(hint: error.retryAfter, at: now) { plan in
                plan.policy.schedule.gap(at: PollingMoment(age: now - plan.lastSign, requests: plan.requests))
            }
        case .rateLimited where error.isRetryable:
            slowDownsInARow += 1
        default:
            errorsInARow += 1
            guard error.isRetryable else { throw error }
            guard errorsInARow <= policy.toleratedErrors else { throw error.repeated(errorsInARow) }
        }
        return next(hint: error.retryAfter, at: now) { plan in
            plan.backoff(random: random)
        }
    }

    /// Full jitter, as in AWS's retry layer: anything from zero to a bound that doubles with each error.
    private func backoff(random: Double) -> Duration {
        let doublings = min(errorsInARow + slowDownsInARow, 30)
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
    /// time, one just before the deadline. Only the second may come sooner than the floor.
    private func lastAsk(after now: Duration) -> Duration? {
        if now + policy.gaps.lowerBound <= earlyLastAsk { return earlyLastAsk }
        return now < lateLastAsk ? lateLastAsk : nil
    }

    private var earlyLastAsk: Duration {
        deadline - max(slowestAnswer * 2, .milliseconds(500)).clamped(to: .zero...deadline / 4)
    }

    private var lateLastAsk: Duration {
        deadline - max(latestAnswer * 2, .milliseconds(100)).clamped(to: .zero...deadline / 10)
    }

    private var deadline: Duration { policy.usableDeadline }
}
