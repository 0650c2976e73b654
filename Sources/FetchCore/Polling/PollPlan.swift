/// The decisions of one wait for one job: when to poll, and when to give up.
///
/// A value without clock, network or provider. Times without another description are those of the scheduler's timeline.
/// A plan calls the policy's schedule, which may be an application's own, so it must not decide anything while a lock
/// is held.
struct PollPlan: Sendable {
    /// The number of identical responses in a row that can't be read and are tolerated. One more is permanent: the
    /// server sends what the endpoint can't decode. They cover some seconds of a deployment.
    private static let toleratedIdenticalResponses = 5

    let policy: ClampedPolicy

    private let endsWithFirstResult: Bool
    private let isAgeKnown: Bool
    private var backOff = BackOff()
    private var requests: UInt32 = 0
    /// True if the last response that contained the job's state found it done, so that only its output is missing.
    private var isJobDone = false
    private var lastRequest = LastRequest()
    private var expectedEnd: ExpectedEnd
    private var notFoundGrace: NotFoundGrace
    @InNanoseconds private var start: Duration
    @InNanoseconds private var ageAtStart: Duration
    @InNanoseconds private var timeLimit: Duration

    /// The number of requests so far.
    var requestCount: Int { Int(requests) }

    /// The last result that this wait has received.
    private(set) var lastResult = LastResult.none

    /// The time of the next request; `nil` if the last one was made.
    @InNanosecondsOrNil private(set) var due: Duration?

    /// Begins a wait for the end of a job.
    ///
    /// - Parameters:
    ///   - policy: The policy.
    ///   - limit: The length of the wait, if it isn't the policy's deadline.
    ///   - age: The job's age, if its submission is known. The job is then polled when it is likely enough to be done,
    ///     and at once otherwise.
    ///   - eta: The ETA that was given at the submission.
    ///   - now: The current time.
    ///   - durations: The durations that have been learned of the endpoint's jobs.
    init(
        policy: ClampedPolicy,
        limit: Duration? = nil,
        age: Duration?,
        eta: Duration?,
        at now: Duration,
        durations: JobDurations?
    ) {
        self.policy = policy
        timeLimit = limit?.clampedTimeLimit ?? policy.deadline
        start = now
        endsWithFirstResult = false
        isAgeKnown = age != nil
        let age = age?.clamped(to: .zero ... .hundredYears)
        ageAtStart = age ?? .zero
        expectedEnd = ExpectedEnd(submittedETA: age == nil ? nil : eta)
        notFoundGrace = NotFoundGrace(age: age ?? .zero)
        due = now + firstRequest(durations)
    }

    /// Begins a wait that ends with the result of the first request, made at once.
    init(singleRequest policy: ClampedPolicy, at now: Duration) {
        self.policy = policy
        timeLimit = policy.requestTimeout
        start = now
        endsWithFirstResult = true
        isAgeKnown = false
        ageAtStart = .zero
        expectedEnd = ExpectedEnd(submittedETA: nil)
        notFoundGrace = NotFoundGrace()
        due = now
    }

    /// Returns the time since the start of the first request.
    private func firstRequest(_ durations: JobDurations?) -> Duration {
        guard isAgeKnown else { return .zero }
        let moment = PollingMoment(age: .zero, expectedAge: expectedEnd.firstAge, requests: 0, durations: durations)
        let gap = policy.schedule.gap(at: moment).clamped(to: policy.gaps)
        return min(max(gap - ageAtStart, .zero), lastRequest.earlyTime(limit: timeLimit, policy))
    }
}

// Deadlines.
extension PollPlan {
    /// The time at which the wait ends, whatever the job's state.
    var deadline: Duration { start + timeLimit }

    /// Returns the deadline of a wait whose next request has been due since a time.
    ///
    /// A process that was suspended beyond the deadline makes one more request before it gives up.
    func deadline(dueSince time: Duration) -> Duration { time < deadline ? deadline : time + timeLimit / 10 }

    /// Returns the timeout of a request that is made now and has been due since a time.
    func timeout(at now: Duration, dueSince time: Duration) -> Duration {
        min(policy.requestTimeout, deadline(dueSince: time) - now)
    }

    /// Returns the error of a wait that has reached its deadline.
    ///
    /// - Parameter delay: The reason why a request that is due hasn't been sent. Defaults to none.
    /// - Returns: An error that says what is known of the job, and why no more is.
    func deadlineError(_ delay: QueueDelay? = nil) -> FetchError {
        DeadlineReport(
            timeLimit: timeLimit,
            isSingleRequest: endsWithFirstResult,
            requests: requestCount,
            alikeErrors: backOff.alikeErrors,
            isJobDone: isJobDone,
            lastResult: lastResult,
            delay: delay
        ).error
    }
}

// Waits that go on in another process.
extension PollPlan {
    /// Returns what another process needs to go on with the wait.
    ///
    /// - Parameters:
    ///   - now: The current time.
    ///   - lastRequest: The time of the job's last request, if there was one.
    ///   - pauseEnd: The time before which the job's provider receives no request.
    /// - Returns: The wait.
    func interruption(at now: Duration, lastRequest: Duration?, pauseEnd: Duration) -> InterruptedWait {
        let wasSeen = notFoundGrace.lastSeen > .zero - ageAtStart
        let earliest = max(lastRequest.map { $0 + policy.gaps.lowerBound } ?? now, pauseEnd, now)
        return InterruptedWait(
            age: isAgeKnown ? ageAtStart + now - start : nil,
            eta: expectedEnd.firstAge,
            remainingETA: expectedEnd.age.map { $0 - (ageAtStart + now - start) },
            lastETA: expectedEnd.lastETA,
            limit: timeLimit,
            untilDeadline: deadline - now,
            untilRequest: max(due ?? now, earliest) - now,
            sinceRequest: lastRequest.map { now - $0 },
            sincePending: wasSeen ? now - start - notFoundGrace.lastSeen : nil,
            requests: requestCount
        )
    }

    /// Goes on with a wait that began in another process: its next request is made when that one would have made it,
    /// and its deadline stays the same.
    ///
    /// If the deadline has passed meanwhile, or nearly so, the wait takes a tenth of the time, so that a job that has
    /// ended meanwhile is found.
    mutating func resume(_ wait: InterruptedWait, at now: Duration) {
        timeLimit = wait.limit.clampedTimeLimit
        let remaining = wait.untilDeadline.clamped(to: timeLimit / 10...timeLimit)
        let elapsed = timeLimit - remaining
        start = now - elapsed
        if isAgeKnown { ageAtStart -= elapsed }
        requests = UInt32(clamping: max(wait.requests, 0))
        expectedEnd.resume(age: wait.remainingETA.map { ageAtStart + elapsed + $0 }, lastETA: wait.lastETA)
        notFoundGrace = NotFoundGrace(age: ageAtStart)
        if let sincePending = wait.sincePending { notFoundGrace.noteSeen(at: elapsed - sincePending) }
        due = now + wait.untilRequest.clamped(to: .zero...policy.gaps.upperBound)
    }
}

// Events.
extension PollPlan {
    /// Makes the next request due at `time`, or as soon after `lastRequest` as the policy allows, unless it is due
    /// before.
    mutating func hurry(to time: Duration, lastRequest: Duration?) {
        guard let due else { return }
        let earliest = lastRequest.map { $0 + policy.gaps.lowerBound } ?? time
        self.due = min(due, max(earliest, time))
    }

    /// Notes that the request in flight has found the job done, and that a follow-up begins.
    ///
    /// A wait for the result of one request has another timeout for each of them.
    mutating func noteFollowUp(at now: Duration) {
        isJobDone = true
        if endsWithFirstResult { timeLimit = now - start + policy.requestTimeout }
    }

    /// Takes a response into account.
    ///
    /// - Parameters:
    ///   - response: The response.
    ///   - result: The result as plans keep it, if the job is pending.
    ///   - reportsProgress: False for a subscriber that waits for the end alone.
    /// - Returns: The event that follows; `nil` if the job is pending and progress isn't reported.
    mutating func receive(_ response: PollResponse, _ result: LastResult, reportsProgress: Bool) -> PollEvent? {
        if requests < .max { requests += 1 }
        if let latency = response.serverLatency { lastRequest.noteResponse(after: latency) }
        if let error = response.error { return receive(error, response) }
        if !reportsProgress, let progress = result.progress {
            due = nil
            if !endsWithFirstResult { note(progress, result, at: response.time, response.durations) }
            // If no request follows, this is the end.
            return due == nil ? end(with: deadlineError(), at: response.time) : nil
        }
        guard case .success(let state) = response.result else { return nil }
        return .update(
            update(state, result, at: response.time, response.durations),
            bytes: response.exchange.bytes
        )
    }

    /// Takes over the progress that another wait for the same job has received, so that the job isn't polled at once
    /// again.
    ///
    /// - Returns: The update with that progress; `nil` if there is none.
    mutating func join(
        _ result: LastResult,
        at now: Duration,
        _ durations: JobDurations?
    ) -> FetchUpdate<any FetchOutput>? {
        guard !endsWithFirstResult, let progress = result.progress else { return nil }
        return update(.pending(progress), result, at: now, durations)
    }

    /// Returns when the job was done, if it was found done now and enough is known to learn from it.
    ///
    /// Without a submission date, age counts from the first request. A job that this request found done may have been
    /// done for days.
    func completion(at now: Duration) -> CompletedJob? {
        let lastPending = ageAtStart + notFoundGrace.lastSeen
        guard !endsWithFirstResult, isAgeKnown || lastPending > .zero else { return nil }
        return CompletedJob(
            pendingAt: lastPending,
            doneAt: ageAtStart + now - start,
            expectedAge: expectedEnd.firstAge
        )
    }

    /// Returns the event that ends the wait without a result.
    func end(with error: FetchError, at now: Duration) -> PollEvent {
        var error = error
        error.hasJobEnded = error.hasJobEnded || isJobDone
        return .error(error, requests: requestCount, elapsed: now - start)
    }

    private mutating func update(
        _ state: FetchState<any FetchOutput>,
        _ result: LastResult,
        at now: Duration,
        _ durations: JobDurations?
    ) -> FetchUpdate<any FetchOutput> {
        due = nil
        guard case .pending(let progress) = state else {
            return FetchUpdate(state: state, requests: requestCount, elapsed: now - start)
        }
        if !endsWithFirstResult { note(progress, result, at: now, durations) }
        return FetchUpdate(
            // Bounded, since a subscriber may keep an update for long.
            state: endsWithFirstResult ? state : .pending(result.progress ?? progress),
            requests: requestCount,
            elapsed: now - start,
            nextRequest: due.map { $0 - now },
            moment: moment(age: ageAtStart + now - start, expectedEnd.age, durations)
        )
    }

    /// Notes that the job is pending, and decides when the next request is due.
    private mutating func note(
        _ progress: JobProgress,
        _ result: LastResult,
        at now: Duration,
        _ durations: JobDurations?
    ) {
        let elapsed = now - start
        backOff.reset()
        isJobDone = false
        lastResult = result
        notFoundGrace.noteSeen(at: elapsed)
        expectedEnd.note(progress.eta, at: ageAtStart + elapsed)
        due = nextRequest(hint: progress.retryAfter, at: elapsed) { plan in
            plan.scheduledGap(age: plan.ageAtStart + elapsed, plan.expectedEnd.age, durations)
        }
    }

    private mutating func receive(_ error: FetchError, _ response: PollResponse) -> PollEvent? {
        isJobDone = isJobDone || error.hasJobEnded
        guard !endsWithFirstResult else { return end(with: error, at: response.time) }
        let elapsed = response.time - start
        let isAlike = lastResult.error?.isAlike(error) == true && !response.isFurther
        lastResult = .error(error, after: lastResult.progress)
        // A request that another subscription wanted earlier says nothing about this one's patience: it would use up
        // its tolerated errors.
        if error.isRetryable, let due, due > response.time { return nil }
        do throws(FetchError) {
            due = try nextRequest(after: error, isAlike: isAlike, response, at: elapsed)
        } catch {
            return end(with: error.after(lastResult.progress), at: response.time)
        }
        guard let due else { return end(with: deadlineError(), at: response.time) }
        return .retry(
            FetchRetry(
                error: error,
                requests: requestCount,
                elapsed: elapsed,
                nextRequest: due - response.time
            )
        )
    }

    /// Returns the time of the next request after a failed one; `nil` if there is no room for one before the deadline.
    ///
    /// - Throws: The error itself if it is permanent, or if there have been too many in a row.
    private mutating func nextRequest(
        after error: FetchError,
        isAlike: Bool,
        _ response: PollResponse,
        at elapsed: Duration
    ) throws(FetchError) -> Duration? {
        if error.code == .jobNotFound || error.code == .outputExpired {
            guard notFoundGrace.tolerates(error, at: elapsed, policy) else { throw error.final }
            return nextRequest(hint: error.retryAfter, at: elapsed) { plan in
                plan.scheduledGap(age: plan.notFoundGrace.timeUnseen(at: elapsed), nil, nil)
            }
        }
        guard error.isRetryable else { throw error }
        if response.isFurther { backOff.reset() }
        let isThrottle = error.code == .rateLimited
        backOff.noteError(isThrottle: isThrottle, isAlike: isAlike)
        guard isThrottle || backOff.errorsInARow <= policy.toleratedErrors else {
            throw error.repeated(backOff.errorsInARow)
        }
        if error.code == .malformedResponse, backOff.alikeErrors > Self.toleratedIdenticalResponses {
            throw error.identical(backOff.alikeErrors)
        }
        return nextRequest(hint: error.retryAfter, at: elapsed) { plan in
            let gaps = plan.policy.gaps
            return response.mayRetrySoon ? plan.backOff.gap(within: gaps, random: response.random) : gaps.upperBound
        }
    }

    private func scheduledGap(age: Duration, _ expectedAge: Duration?, _ durations: JobDurations?) -> Duration {
        policy.schedule.gap(at: moment(age: age, expectedAge, durations))
    }

    private func moment(age: Duration, _ expectedAge: Duration?, _ durations: JobDurations?) -> PollingMoment {
        PollingMoment(age: age, expectedAge: expectedAge, requests: requestCount, durations: durations)
    }

    /// Returns the time of the next request, from a hint of the server or else from a gap; `nil` if there is no room
    /// for one.
    private func nextRequest(hint: Duration?, at elapsed: Duration, gap: (Self) -> Duration) -> Duration? {
        lastRequest.time(after: elapsed, limit: timeLimit, policy).map { last in
            start + min(elapsed + (hint ?? gap(self)).clamped(to: policy.gaps), last)
        }
    }
}
