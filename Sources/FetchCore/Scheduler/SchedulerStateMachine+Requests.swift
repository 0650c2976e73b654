import FetchDataStructures

// Events of requests, and of time.
extension SchedulerStateMachine {
    /// Begins a request that a caller sends in its own task, for this one result.
    ///
    /// - Returns: The request; `nil` if it has to wait, for other subscriptions of the job or for the provider's
    ///   limits.
    mutating func beginCallerRequest(
        _ id: String,
        of handle: EndpointHandle,
        _ policy: ClampedPolicy,
        at now: Duration
    ) -> PollRequest? {
        guard jobs.key(of: id, handle) == nil, queues[handle.queue].beginDirectly(at: now) else { return nil }
        let job = insert(PolledJob(handle, id: id))
        let request = PollRequest(
            job: job,
            number: nextNumber(),
            task: nil,
            handle: handle,
            id: id,
            time: now,
            timeout: policy.requestTimeout,
            longestPause: policy.gaps.upperBound,
            plans: PlanUpdates(),
            lastResult: queues[handle.queue].lastResult,
            durations: records[handle.record].durations
        )
        jobs.update(job) { $0.noteBegin(request) }
        noteBegin(request)
        return request
    }

    /// Notes that a caller's task was cancelled. For subscriptions that have come meanwhile the job is polled anew.
    mutating func abandon(_ request: PollRequest, at now: Duration) {
        guard jobs.update(request.job, { $0.abandon(request, at: now) }) == true else { return }
        queues[request.handle.queue].end()
        needsSchedule(request.job)
        needsDispatch(request.handle.queue)
    }

    /// Notes that a poll goes on with a follow-up, and returns the follow-up's timeout.
    mutating func beginFollowUp(of request: PollRequest, at now: Duration) -> Duration {
        guard let begun = jobs.update(request.job, { $0.beginFollowUp(of: request, at: now) }) else { return .zero }
        // A subscription may end before the follow-up does.
        if let deadline = begun.deadline { jobs.setTimer(of: request.job, at: deadline) }
        return begun.timeout
    }

    /// Notes that a request failed, and returns true if it may be repeated soon.
    mutating func noteFailure(
        of request: PollRequest,
        _ error: FetchError,
        _ exchange: LastExchange,
        at now: Duration
    ) -> Bool {
        guard jobs.update(request.job, { $0.isPolled(by: request) }) == true else { return false }
        let handle = request.handle
        records[handle.record].statistics.failures += 1
        record(
            .failed(error.about(handle.accountJob(request.id)), latency: now - request.time),
            of: request,
            exchange
        )
        if let pause = queues[handle.queue].note(error, at: now, longestPause: request.longestPause) {
            records[handle.record].statistics.throttles += 1
            record(.throttled(pause: pause), of: request, exchange, always: true)
        }
        return queues[handle.queue].mayRetrySoon(after: error)
    }

    /// Takes a response, and the plans that have taken it into account.
    ///
    /// - Parameters:
    ///   - response: The response.
    ///   - interruption: What the next poll needs to go on at the follow-up that failed, if one did.
    ///   - request: The request.
    ///   - plans: The plans.
    /// - Returns: False if there are subscriptions that have come meanwhile. Copies of their plans are added, and
    ///   nothing else has changed.
    mutating func receive(
        _ response: PollResponse,
        _ interruption: InterruptedPoll?,
        to request: PollRequest,
        _ plans: inout PlanUpdates
    ) -> Bool {
        switch jobs.update(request.job, { $0.receive(response, to: request, &plans) }) ?? .ignored {
        case .ignored: break
        case .incomplete: return false
        case .taken(let events, let lastPending, let completion):
            queues[request.handle.queue].end()
            interruptedPolls.insert(interruption, of: request.job)
            noteSuccess(of: request, response, plans.lastResult, lastPending: lastPending)
            if let completion, case .success(.succeeded(let output)) = response.result {
                records[request.handle.record].learn(completion.with(duration: output.outputDuration))
            }
            needsSchedule(request.job)
            needsDispatch(request.handle.queue)
            if !events.isEmpty { deliver(events, of: request, response.exchange) }
        }
        return true
    }

    /// Notes what a response says of its provider and endpoint. What an error says is noted before.
    private mutating func noteSuccess(
        of request: PollRequest,
        _ response: PollResponse,
        _ lastResult: LastResult,
        lastPending: Duration?
    ) {
        guard response.error == nil else { return }
        let handle = request.handle
        queues[handle.queue].noteSuccess(lastResult)
        if let progress = response.progress {
            records[handle.record].statistics.pendingResponses += 1
            record(.pending(progress, latency: response.latency), of: request, response.exchange)
        } else {
            // The job was done at some time since the request before, on average halfway.
            let gap = lastPending.map { (response.time - $0).divided(by: 2) }
            records[handle.record].statistics.noteDetection(after: gap)
            record(
                .detected(isSuccess: response.isSuccess, latency: response.latency, undetected: gap),
                of: request,
                response.exchange
            )
        }
    }

    private mutating func deliver(
        _ events: [(any Subscriber, PollEvent)],
        of request: PollRequest,
        _ exchange: LastExchange
    ) {
        let key = request.job
        guard let job = jobs[key] else { return }
        let accountJob = job.accountJob
        var earliestRetry: FetchRetry?
        for (subscriber, event) in events {
            if event.isTerminal { unpark(key, for: subscriber) }
            guard case .retry(let retry) = event else {
                deliver(event, of: accountJob, job.handle, to: subscriber)
                continue
            }
            if earliestRetry.map({ retry.nextRequest < $0.nextRequest }) ?? true { earliestRetry = retry }
        }
        if var earliestRetry {
            earliestRetry.error = earliestRetry.error.about(accountJob)
            records[job.handle.record].statistics.retries += 1
            record(.retrying(earliestRetry), of: request, exchange)
        }
    }

    /// Changes the limits of a provider for an account. A queue that is created later starts with them.
    mutating func setLimits(_ limits: FetchLimits, for provider: ProviderID, _ account: Account) {
        let id = ProviderQueues.ID(account: account.id, provider: provider)
        guard let queue = queues.number(of: id) else { return }
        queues[queue].setLimits(limits)
        needsDispatch(queue)
    }

    /// Has no request of an account to a provider begin before a time, which replaces the end of the pause that there
    /// is.
    mutating func pause(_ provider: ProviderID, of account: Account, until end: Duration, at now: Duration) {
        let queue = queue(of: provider, account)
        queues[queue].pause(until: end)
        queues.retire(queue, at: now)
        // A queue that nothing uses is dropped if it isn't paused any more.
        if queues.contains(queue) { needsDispatch(queue) }
    }

    /// Does what is due by now.
    mutating func advance(to now: Duration) {
        while let timer = queueTimers.popFirst(where: { $0.time <= now }) {
            // The queue may have been dropped.
            guard queues.contains(timer.queue) else { continue }
            switch timer.event {
            case .start:
                queues[timer.queue].startTimer = nil
                needsDispatch(timer.queue)
            case .deadlineCheck:
                guard let time = queues[timer.queue].deadlineCheck, time <= now else { continue }
                checkDeadlines(in: timer.queue, at: now)
            }
        }
        while let job = jobs.popDue(at: now) {
            guard jobs.update(job, { $0.dueSince != nil }) == true else {
                needsSchedule(job)
                continue
            }
            endExpired(job, at: now)
            if let deadline = jobs.update(job, { $0.firstDeadline }) { jobs.setTimer(of: job, at: deadline) }
        }
    }
}
