import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The subscriber of a ``JobBatch``: it waits for the batch's jobs, and keeps their outcomes until they are taken.
final class OutcomeQueue: Subscriber {
    private let scheduler: JobScheduler
    private let wallClock: @Sendable () -> Date
    private let findEndpoint: @Sendable (JobReference, AccountID?) -> Result<OutcomeQueueState.Endpoint, FetchError>
    private let mayPoll: (@Sendable () -> Bool)?
    private let state = Mutex(OutcomeQueueState())

    let waitsForEnd = true
    let keepsDetails: Bool

    /// Creates an empty queue.
    ///
    /// - Parameters:
    ///   - scheduler: The scheduler.
    ///   - wallClock: The clock that submission dates are compared with.
    ///   - keepsDetails: False if outcomes have the last progress without details. Defaults to true.
    ///   - findEndpoint: Returns a job's endpoint for an account, or for the client's own.
    ///   - mayPoll: Returns false when no further request may begin for the queue's jobs. `nil` if one always may.
    init(
        scheduler: JobScheduler,
        wallClock: @escaping @Sendable () -> Date,
        keepsDetails: Bool = true,
        endpoint findEndpoint:
            @escaping @Sendable (JobReference, AccountID?) -> Result<OutcomeQueueState.Endpoint, FetchError>,
        while mayPoll: (@Sendable () -> Bool)? = nil
    ) {
        self.scheduler = scheduler
        self.wallClock = wallClock
        self.keepsDetails = keepsDetails
        self.findEndpoint = findEndpoint
        self.mayPoll = mayPoll
    }

    /// The number of jobs that are waited for.
    var count: Int { state.withLock(\.waiting) }

    var isAtCapacity: Bool {
        if let mayPoll, !mayPoll() { return true }
        return state.withLock { $0.outcomes.isFull || $0.isOver || $0.call.isCancelled }
    }

    /// True if jobs can still be added.
    var isOpen: Bool { state.withLock { !$0.isFinished && !$0.isOver } }

    func receive(_ event: PollEvent, of job: AccountJob) {
        guard let end = event.end(of: job) else { return }
        put(job, end)
    }

    /// Changes the state, and resumes the loop and the feeder if they have waited for that.
    private func change(_ body: (inout OutcomeQueueState) -> Void) {
        let (continuation, result, feeder) = state.withLock { state in
            body(&state)
            let continuation = state.outcomes.isEmpty && state.isAtEnd ? state.call.take() : nil
            return (continuation, continuation == nil ? .none : state.next(), state.takeFeeder())
        }
        feeder?.resume()
        if let continuation { result.resume(continuation) }
    }
}

// Jobs.
extension OutcomeQueue {
    /// Adds a job, unless the queue is finished or waits for it already.
    ///
    /// - Parameters:
    ///   - job: The job.
    ///   - interruptedWait: The wait in another process to go on with. Defaults to none.
    func add(_ job: QueuedJob, resuming interruptedWait: InterruptedWait? = nil) {
        guard isOpen else { return }
        switch endpoint(of: job.job, job.account) {
        case .failure(let error): put(refused: job, error)
        case .success(let endpoint):
            let (durations, lastResult) = scheduler.knowledge(of: job.job.id, endpoint.handle)
            let now = scheduler.now
            let age = job.submitted?.age(at: wallClock())
            var plan = PollPlan(
                policy: endpoint.policy,
                limit: job.deadline?.limit(atAge: age),
                age: age,
                eta: job.submitted?.eta,
                at: now,
                durations: durations
            )
            _ = plan.join(lastResult, at: now, durations)
            if let interruptedWait { plan.resume(interruptedWait, at: now) }
            subscribe(to: job, of: endpoint.handle, plan)
        }
    }

    /// Adds a job of a snapshot, and goes on with its wait.
    func add(_ job: WaitingJob) {
        let wait = job.interruptedWait(at: wallClock())
        let queued = QueuedJob(job.job, account: job.account, submitted: job.submitted, context: job.context)
        add(queued, resuming: wait)
    }

    private func subscribe(to job: QueuedJob, of handle: EndpointHandle, _ plan: PollPlan) {
        let accountJob = handle.accountJob(job.job.id)
        let (isOpen, keepsContext) = state.withLock { state in
            // The wait may have been ended since it was looked at.
            guard !state.isOver, !state.isDrained else { return (false, false) }
            state.waiting += 1
            guard let context = job.context, state.contexts[accountJob] == nil else { return (true, false) }
            state.contexts[accountJob] = context
            return (true, true)
        }
        guard isOpen else { return }
        guard scheduler.subscribeOnce(self, to: job.job.id, of: handle, plan) else {
            // The queue waits for the job already.
            return change { state in
                if keepsContext { state.contexts[accountJob] = nil }
                state.endWait()
            }
        }
        // All waits may have been ended meanwhile, before this one began.
        if state.withLock({ $0.isOver || $0.isDrained }),
            scheduler.unsubscribe(self, from: job.job.id, of: handle) != nil
        {
            change { $0.endWait() }
        }
    }

    func cancel(_ job: JobReference, of account: AccountID?) -> WaitingJob? {
        guard
            case .success(let endpoint) = endpoint(of: job, account),
            let wait = scheduler.unsubscribe(self, from: job.id, of: endpoint.handle)
        else { return nil }
        let accountJob = endpoint.handle.accountJob(job.id)
        var context: JSONValue?
        change { state in
            context = state.takeContext(of: accountJob)
            state.endWait()
        }
        return WaitingJob(accountJob, wait, context, at: wallClock())
    }

    /// Returns the endpoint of a job. For the client's own account it is looked up once for all jobs, as is the error
    /// if there is none. A batch may have the jobs of more accounts than it should remember.
    private func endpoint(
        of job: JobReference,
        _ account: AccountID?
    ) -> Result<OutcomeQueueState.Endpoint, FetchError> {
        if let account { return findEndpoint(job, account) }
        if let known = state.withLock({ $0.endpoints[job.endpoint] }) {
            return known.mapError { error in
                var error = error
                error.id = job.id
                return error
            }
        }
        let endpoint = findEndpoint(job, nil)
        state.withLock { $0.endpoints[job.endpoint] = endpoint }
        return endpoint
    }
}

// Outcomes.
extension OutcomeQueue {
    /// Notes that a loop begins; false if one has begun before.
    func claim() -> Bool {
        state.withLock { state in
            defer { state.isClaimed = true }
            return !state.isClaimed
        }
    }

    func next() async throws -> JobOutcome? {
        do {
            return try await SuspendedCall.value { [self] in
                state.withLock { $0.call.cancel() }
            } _: { continuation in
                take(continuation)
            }
        } catch let error as FetchError where error.code == .concurrentIteration {
            // The wait of the other task goes on.
            throw error
        } catch {
            abandon()
            throw error
        }
    }

    private func take(_ continuation: CheckedContinuation<JobOutcome?, any Error>) {
        typealias Taking = (OutcomeQueueState.Next, mustResume: Bool, feeder: CheckedContinuation<Void, Never>?)
        let (result, mustResume, feeder) = state.withLock { state -> Taking in
            if state.call.isCancelled {
                return (.throwing(CancellationError()), false, state.feeder.take()?.continuation)
            }
            if state.call.isSuspended { return (.throwing(FetchError.concurrentIteration), false, nil) }
            let result = state.next()
            if case .none = result { state.call.suspend(continuation) }
            return (result, state.outcomes.takeRoom(), state.takeFeeder())
        }
        feeder?.resume()
        if mustResume { scheduler.resume(self) }
        result.resume(continuation)
    }

    /// Hands out the outcome of a job, or keeps it.
    private func put(_ job: AccountJob, _ end: PollEvent.End) {
        var outcome = JobOutcome(
            job.reference,
            account: job.account,
            JobResult(end.result),
            requests: end.requests,
            elapsed: end.elapsed,
            date: wallClock()
        )
        let (continuation, feeder) = state.withLock { state in
            guard !state.isOver else { return (state.call.take(), state.feeder.take()?.continuation) }
            state.waiting -= 1
            outcome.context = state.takeContext(of: outcome.accountJob)
            let continuation = state.call.take()
            if continuation == nil { state.outcomes.append(outcome, bytes: end.bytes) }
            return (continuation, state.takeFeeder())
        }
        feeder?.resume()
        continuation?.resume(returning: outcome)
    }

    /// Hands out the outcome of a job that can't be polled, or keeps it.
    private func put(refused job: QueuedJob, _ error: FetchError) {
        let outcome = JobOutcome(
            job.job,
            account: job.account,
            .unknown(error),
            requests: 0,
            date: wallClock(),
            context: job.context
        )
        let (continuation, feeder) = state.withLock { state in
            guard !state.isOver else { return (state.call.take(), state.feeder.take()?.continuation) }
            let continuation = state.call.take()
            if continuation == nil { state.outcomes.append(refused: outcome) }
            return (continuation, state.takeFeeder())
        }
        feeder?.resume()
        continuation?.resume(returning: outcome)
    }
}

// The end.
extension OutcomeQueue {
    /// Notes that no more jobs are added.
    ///
    /// - Parameter error: The error of the sequence that the jobs come from.
    func finish(throwing error: (any Error)? = nil) {
        change { state in
            guard !state.isFinished else { return }
            state.isFinished = true
            state.inputError = error
        }
    }

    /// Ends all waits. The outcomes that are there can still be taken.
    ///
    /// - Returns: What was still waited for. Each job is either in it or has an outcome.
    func drain() -> BatchSnapshot {
        let contexts = state.withLock { state in
            (state.isFinished, state.isDrained) = (true, true)
            return state.contexts
        }
        let waits = scheduler.withdrawAll(self)
        change { state in
            guard !state.isOver else { return }
            state.waiting -= waits.count
            for (job, _) in waits { _ = state.takeContext(of: job) }
        }
        return BatchSnapshot(waits, contexts, at: wallClock())
    }

    /// Returns what is still waited for.
    func snapshot() -> BatchSnapshot {
        let contexts = state.withLock(\.contexts)
        return BatchSnapshot(scheduler.waits(of: self), contexts, at: wallClock())
    }

    /// Ends all waits, and drops the outcomes that are there.
    func abandon() {
        let (wasOver, feeder, continuation) = state.withLock { state in
            defer {
                (state.isOver, state.waiting) = (true, 0)
                (state.outcomes, state.endpoints, state.contexts) = (UntakenOutcomes(), [:], [:])
            }
            return (state.isOver, state.feeder.take()?.continuation, state.call.take())
        }
        feeder?.resume()
        continuation?.resume(returning: nil)
        if !wasOver { scheduler.unsubscribeAll(self) }
    }

    /// Waits until fewer jobs than a limit are waited for or untaken, or the batch is over.
    func room(below limit: Int) async {
        await withCheckedContinuation { continuation in
            let mustWait = state.withLock { state in
                guard !state.hasRoom(below: limit) else { return false }
                state.feeder = (continuation, limit)
                return true
            }
            if !mustWait { continuation.resume() }
        }
    }
}
