import Synchronization

/// The inside of a ``JobBatch``: waits for its jobs, and keeps their outcomes until they are taken.
final class OutcomeQueue: JobWaiter {
    private static let mostUntaken = 1_000

    private let client: FetchClient
    private let policy: PollingPolicy
    private let state = Mutex(BatchState())

    let waitsForEnd = true

    init(client: FetchClient, policy: PollingPolicy) {
        self.client = client
        self.policy = policy
    }

    var count: Int { state.withLock(\.waiting) }

    /// Who is about to leave takes nothing either.
    var isFull: Bool { state.withLock { $0.isFull || $0.isOver || $0.isCancelled } }

    /// Whether jobs can still be added.
    var isOpen: Bool { state.withLock { !$0.isFinished && !$0.isOver } }

    func add(_ job: QueuedJob) {
        guard isOpen else { return }
        switch endpoint(of: job.job) {
        case .failure(let error): put(JobOutcome(job: job.job, result: .failure(error)), endsWait: false)
        case .success(let endpoint):
            let wait = Wait(
                policy: endpoint.policy,
                age: job.submitted?.age(at: client.exchange.wallClock()),
                eta: job.submitted?.eta,
                at: client.scheduler.now,
                knowing: client.scheduler.durations(of: endpoint.asker)
            )
            state.withLock { $0.waiting += 1 }
            let isNew = client.scheduler.addOnce(wait, for: job.job.id, of: endpoint.asker, self)
            guard isNew else { return endWait() }
            // All waits may have been ended meanwhile, and this one came too late for that.
            if state.withLock(\.isOver) { client.scheduler.leaveAll(self) }
        }
    }

    func cancel(_ job: JobReference) -> Bool {
        guard
            case .success(let endpoint) = endpoint(of: job),
            client.scheduler.leave(job.id, of: endpoint.asker, self)
        else { return false }
        endWait()
        return true
    }

    /// Notes that no more jobs come, and why, where that is an error.
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
            defer { (state.isOver, state.outcomes, state.endpoints) = (true, TakenInOrder(), [:]) }
            return (state.isOver, state.feeder.take()?.continuation, state.continuation.take())
        }
        feeder?.resume()
        continuation?.resume(returning: nil)
        if !wasOver { client.scheduler.leaveAll(self) }
    }

    /// Says that a loop begins. Returns false where one has begun before.
    func claim() -> Bool {
        state.withLock { state in
            defer { state.isClaimed = true }
            return !state.isClaimed
        }
    }

    /// Returns when fewer jobs than this are waited for, or none is any more.
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

    func receive(_ news: Wait.News, of job: JobReference) {
        switch news {
        case .retry(let retry): client.onRetry?(retry)
        case .error(let error): put(JobOutcome(job: job, result: .failure(error)), endsWait: true)
        case .update(let update):
            switch update.state {
            case .pending: break
            case .succeeded(let output): put(JobOutcome(job: job, result: .success(output)), endsWait: true)
            case .failed(let failure):
                let error = FetchError.jobFailed(failure).about(endpoint: job.endpoint, id: job.id)
                put(JobOutcome(job: job, result: .failure(error)), endsWait: true)
            }
        }
    }

    private func take(_ continuation: CheckedContinuation<JobOutcome?, any Error>) {
        let (result, mustRelease, feeder) = state.withLock { state in
            if state.isCancelled {
                return (BatchState.Next.throwing(CancellationError()), false, state.feeder.take()?.continuation)
            }
            let result = state.next()
            if case .none = result { state.continuation = continuation }
            let mustRelease = state.isFull && state.outcomes.count <= Self.mostUntaken / 2
            if mustRelease { state.isFull = false }
            return (result, mustRelease, state.takeFeeder())
        }
        feeder?.resume()
        if mustRelease { client.scheduler.release(self) }
        result.resume(continuation)
    }

    private func put(_ outcome: JobOutcome, endsWait: Bool) {
        let (continuation, feeder) = state.withLock { state in
            if endsWait { state.waiting -= 1 }
            guard !state.isOver else { return (state.continuation.take(), state.feeder.take()?.continuation) }
            let continuation = state.continuation.take()
            if continuation == nil { state.outcomes.append(outcome) }
            if state.outcomes.count >= Self.mostUntaken { state.isFull = true }
            return (continuation, state.takeFeeder())
        }
        feeder?.resume()
        continuation?.resume(returning: outcome)
    }

    /// Notes that a job is no longer waited for, without an outcome.
    private func endWait() { change { $0.waiting -= 1 } }

    /// Changes what the loop or the feeder may be waiting for.
    private func change(_ body: (inout BatchState) -> Void) {
        let (continuation, result, feeder) = state.withLock { state in
            body(&state)
            let continuation = state.outcomes.isEmpty && state.isAtEnd ? state.continuation.take() : nil
            return (continuation, continuation == nil ? .none : state.next(), state.takeFeeder())
        }
        feeder?.resume()
        if let continuation { result.resume(continuation) }
    }

    /// Whom to ask about jobs of an endpoint is looked up once, and so is what speaks against it.
    private func endpoint(of job: JobReference) -> Result<BatchState.Endpoint, FetchError> {
        if let known = state.withLock({ $0.endpoints[job.endpoint] }) {
            return known.mapError { error in
                var error = error
                error.id = job.id
                return error
            }
        }
        let endpoint = client.asker(for: job).map { asker in
            BatchState.Endpoint(asker: asker, policy: UsablePolicy(policy, minimumGap: asker.minimumGap))
        }
        state.withLock { $0.endpoints[job.endpoint] = endpoint }
        return endpoint
    }
}
