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
        let job = jobs.insert(PolledJob(handle, id: id))
        let request = PollRequest(
            job: job,
            number: nextNumber(),
            task: nil,
            handle: handle,
            id: id,
            timeout: policy.requestTimeout,
            longestPause: policy.gaps.upperBound
        )
        jobs.update(job) { $0.noteBegin(request, at: now) }
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

    /// Takes the result of a request, with a random number from 0 to 1 for the jitter of retries.
    ///
    /// - Returns: The plans that have to take it into account; `nil` if there is no subscription.
    mutating func receive(
        _ result: PollResult,
        to request: PollRequest,
        random: Double,
        at now: Duration
    ) -> PlanUpdates? {
        guard let reception = jobs.update(request.job, { $0.receive(result, to: request, at: now) }) else { return nil }
        let (queue, record) = (request.handle.queue, request.handle.record)
        queues[queue].end()
        let mayRetrySoon = note(result, of: request, reception, at: now)
        if let completion = reception.completion, case .success(.succeeded(let output)) = result {
            records[record].learn(completion.with(duration: output.outputDuration))
        }
        needsDispatch(queue)
        guard !reception.plans.isEmpty else {
            needsSchedule(request.job)
            return nil
        }
        return PlanUpdates(
            job: request.job,
            request: request.number,
            response: PollResponse(
                result: result,
                lastResult: queues[queue].shared(result),
                time: now,
                latency: reception.latency,
                random: random,
                mayRetrySoon: mayRetrySoon,
                durations: records[record].durations
            ),
            updates: reception.plans
        )
    }

    /// Takes back the plans of a job that have taken a response into account.
    ///
    /// - Returns: False if there are subscriptions that have come meanwhile. Their plans are added.
    mutating func take(_ updates: inout PlanUpdates, at now: Duration) -> Bool {
        switch jobs.update(updates.job, { $0.take(&updates, at: now) }) ?? .ignored {
        case .ignored: break
        case .incomplete(let newcomers):
            updates.updates += newcomers
            return false
        case .taken(let events):
            needsSchedule(updates.job)
            if !events.isEmpty { deliver(events, of: updates.job) }
        }
        return true
    }

    private mutating func deliver(_ events: [(any Subscriber, PollEvent)], of key: SlotKey) {
        guard let job = jobs[key] else { return }
        let reference = job.reference
        var earliestRetry: FetchRetry?
        for (subscriber, event) in events {
            if event.isTerminal { unpark(key, for: subscriber) }
            guard case .retry(let retry) = event else {
                deliver(event, of: reference, to: subscriber)
                continue
            }
            if earliestRetry.map({ retry.nextRequest < $0.nextRequest }) ?? true { earliestRetry = retry }
        }
        if var earliestRetry {
            earliestRetry.error = earliestRetry.error.about(endpoint: reference.endpoint, id: reference.id)
            records[job.handle.record].statistics.retries += 1
            record(.retrying(earliestRetry), job.handle, job.id)
        }
    }

    /// Does what is due by now.
    mutating func advance(to now: Duration) {
        while let timer = queueTimers.popFirst(where: { $0.time <= now }) {
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

    /// Notes what a result says of its provider, and returns true if a failed request may be repeated soon.
    private mutating func note(
        _ result: PollResult,
        of request: PollRequest,
        _ reception: PolledJob.Reception,
        at now: Duration
    ) -> Bool {
        let (handle, latency) = (request.handle, reception.latency)
        switch result {
        case .success(.pending(let progress)):
            records[handle.record].statistics.pendingResponses += 1
            record(.pending(progress, latency: latency), handle, request.id)
        case .success(let state):
            // The job was done at some time since the request before, on average halfway.
            let gap = reception.lastPending.map { (now - $0) / 2 }
            records[handle.record].statistics.noteDetection(after: gap)
            record(.detected(isSuccess: state.isSuccess, latency: latency, undetected: gap), handle, request.id)
        case .failure(let error):
            records[handle.record].statistics.failures += 1
            record(.failed(error.about(endpoint: handle.name, id: request.id), latency: latency), handle, request.id)
            if let pause = queues[handle.queue].note(error, at: now, longestPause: request.longestPause) {
                records[handle.record].statistics.throttles += 1
                record(.throttled(pause: pause), handle, request.id)
            }
            return queues[handle.queue].mayRetrySoon(after: error)
        }
        queues[handle.queue].noteSuccess()
        return true
    }
}

extension FetchState {
    fileprivate var isSuccess: Bool {
        if case .succeeded = self { true } else { false }
    }
}
