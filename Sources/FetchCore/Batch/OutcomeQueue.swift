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
    private let findEndpoint: @Sendable (JobReference) -> Result<OutcomeQueueState.Endpoint, FetchError>
    private let state = Mutex(OutcomeQueueState())

    let waitsForEnd = true

    /// Creates an empty queue.
    ///
    /// - Parameters:
    ///   - scheduler: The scheduler.
    ///   - wallClock: The clock that submission dates are compared with.
    ///   - findEndpoint: Returns a job's endpoint.
    init(
        scheduler: JobScheduler,
        wallClock: @escaping @Sendable () -> Date,
        endpoint findEndpoint: @escaping @Sendable (JobReference) -> Result<OutcomeQueueState.Endpoint, FetchError>
    ) {
        self.scheduler = scheduler
        self.wallClock = wallClock
        self.findEndpoint = findEndpoint
    }

    /// The number of jobs that are waited for.
    var count: Int { state.withLock(\.waiting) }

    var isAtCapacity: Bool { state.withLock { $0.outcomes.isFull || $0.isOver || $0.isCancelled } }

    /// True if jobs can still be added.
    var isOpen: Bool { state.withLock { !$0.isFinished && !$0.isOver } }

    func add(_ job: QueuedJob) {
        guard isOpen else { return }
        switch endpoint(of: job.job) {
        case .failure(let error): put(JobOutcome(job: job.job, result: .failure(error)), endsWait: false)
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
            state.withLock { $0.waiting += 1 }
            guard scheduler.subscribeOnce(self, to: job.job.id, of: endpoint.handle, plan) else { return endWait() }
            // All waits may have been ended meanwhile, before this one began.
            if state.withLock(\.isOver) { scheduler.unsubscribeAll(self) }
        }
    }

    func cancel(_ job: JobReference) -> Bool {
        guard
            case .success(let endpoint) = endpoint(of: job),
            scheduler.unsubscribe(self, from: job.id, of: endpoint.handle)
        else { return false }
        endWait()
        return true
    }

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

    /// Ends all waits.
    func abandon() {
        let (wasOver, feeder, continuation) = state.withLock { state in
            defer {
                (state.isOver, state.waiting) = (true, 0)
                (state.outcomes, state.endpoints) = (UntakenOutcomes(), [:])
            }
            return (state.isOver, state.feeder.take()?.continuation, state.continuation.take())
        }
        feeder?.resume()
        continuation?.resume(returning: nil)
        if !wasOver { scheduler.unsubscribeAll(self) }
    }

    /// Notes that a loop begins; false if one has begun before.
    func claim() -> Bool {
        state.withLock { state in
            defer { state.isClaimed = true }
            return !state.isClaimed
        }
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

    func next() async throws -> JobOutcome? {
        do {
            try Task.checkCancellation()
            return try await withTaskCancellationHandler {
                try await withCheckedThrowingContinuation(take)
            } onCancel: {
                let continuation = state.withLock { state in
                    state.isCancelled = true
                    return state.continuation.take()
                }
                continuation?.resume(throwing: CancellationError())
            }
        } catch {
            abandon()
            throw error
        }
    }

    func receive(_ event: PollEvent, of job: JobReference) {
        guard let result = event.result(of: job) else { return }
        put(JobOutcome(job: job, result: result), endsWait: true)
    }

    private func take(_ continuation: CheckedContinuation<JobOutcome?, any Error>) {
        let (result, mustResume, feeder) = state.withLock { state in
            if state.isCancelled {
                return (OutcomeQueueState.Next.throwing(CancellationError()), false, state.feeder.take()?.continuation)
            }
            let result = state.next()
            if case .none = result { state.continuation = continuation }
            return (result, state.outcomes.takeRoom(), state.takeFeeder())
        }
        feeder?.resume()
        if mustResume { scheduler.resume(self) }
        result.resume(continuation)
    }

    private func put(_ outcome: JobOutcome, endsWait: Bool) {
        let (continuation, feeder) = state.withLock { state in
            guard !state.isOver else { return (state.continuation.take(), state.feeder.take()?.continuation) }
            if endsWait { state.waiting -= 1 }
            let continuation = state.continuation.take()
            if continuation == nil { state.outcomes.append(outcome) }
            return (continuation, state.takeFeeder())
        }
        feeder?.resume()
        continuation?.resume(returning: outcome)
    }

    /// Notes that a wait has ended without an outcome.
    private func endWait() { change { $0.waiting -= $0.isOver ? 0 : 1 } }

    /// Changes the state, and resumes the loop and the feeder if they have waited for that.
    private func change(_ body: (inout OutcomeQueueState) -> Void) {
        let (continuation, result, feeder) = state.withLock { state in
            body(&state)
            let continuation = state.outcomes.isEmpty && state.isAtEnd ? state.continuation.take() : nil
            return (continuation, continuation == nil ? .none : state.next(), state.takeFeeder())
        }
        feeder?.resume()
        if let continuation { result.resume(continuation) }
    }

    /// Returns the endpoint of a job, which is looked up once for all jobs, as is the error if there is none.
    private func endpoint(of job: JobReference) -> Result<OutcomeQueueState.Endpoint, FetchError> {
        if let known = state.withLock({ $0.endpoints[job.endpoint] }) {
            return known.mapError { error in
                var error = error
                error.id = job.id
                return error
            }
        }
        let endpoint = findEndpoint(job)
        state.withLock { $0.endpoints[job.endpoint] = endpoint }
        return endpoint
    }
}
