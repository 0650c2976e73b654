import Synchronization

/// The inside of a ``JobBatch``: waits for its jobs, and keeps their outcomes until they are taken.
final class OutcomeQueue: JobWaiter {
    private struct State {
        var outcomes: ArraySlice<JobOutcome> = []
        var endpoints: [EndpointName: Result<Endpoint, FetchError>] = [:]
        var continuation: CheckedContinuation<JobOutcome?, any Error>?
        var waiting = 0
        var isHeld = false
        var isFinished = false
        var isOver = false
        var isCancelled = false
    }

    /// An endpoint of the batch, and how patiently it is asked.
    private struct Endpoint {
        let asker: EndpointAsker
        let policy: UsablePolicy
    }

    private static let mostUntaken = 1_000

    private let client: FetchClient
    private let policy: PollingPolicy
    private let state = Mutex(State())

    let waitsForEnd = true

    init(client: FetchClient, policy: PollingPolicy) {
        self.client = client
        self.policy = policy
    }

    var count: Int { state.withLock(\.waiting) }

    func add(_ job: QueuedJob) {
        guard state.withLock({ !$0.isFinished && !$0.isOver }) else { return }
        switch endpoint(of: job.reference) {
        case .failure(let error): put(JobOutcome(job: job.reference, result: .failure(error)), endsWait: false)
        case .success(let endpoint):
            let wait = Wait(
                policy: endpoint.policy,
                age: job.submission?.age(at: client.exchange.wallClock()),
                eta: job.submission?.eta,
                at: client.scheduler.now,
                knowing: client.scheduler.durations(of: job.reference.endpoint)
            )
            state.withLock { $0.waiting += 1 }
            let isNew = client.scheduler.addOnce(wait, for: job.reference.id, of: endpoint.asker, self)
            if !isNew { endWait() }
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

    func finish() {
        let continuation = state.withLock { state in
            state.isFinished = true
            return Self.continuationAtEnd(&state)
        }
        continuation?.resume(returning: nil)
    }

    /// Ends all waits.
    func abandon() {
        let wasOver = state.withLock { state in
            defer { (state.isOver, state.outcomes, state.endpoints) = (true, [], [:]) }
            return state.isOver || state.waiting == 0
        }
        if !wasOver { client.scheduler.leaveAll(self) }
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
        let (isCancelled, isEmpty, outcome, mustRelease) = state.withLock { state in
            let outcome = state.outcomes.popFirst()
            let mustRelease = state.isHeld && state.outcomes.count <= Self.mostUntaken / 2
            if mustRelease { state.isHeld = false }
            let isEmpty = outcome == nil && (state.isOver || (state.isFinished && state.waiting == 0))
            if !state.isCancelled, !isEmpty, outcome == nil { state.continuation = continuation }
            return (state.isCancelled, isEmpty, outcome, mustRelease)
        }
        if mustRelease { client.scheduler.release(self) }
        if isCancelled {
            continuation.resume(throwing: CancellationError())
        } else if isEmpty || outcome != nil {
            continuation.resume(returning: outcome)
        }
    }

    private func put(_ outcome: JobOutcome, endsWait: Bool) {
        let (continuation, mustHold) = state.withLock { state in
            if endsWait { state.waiting -= 1 }
            guard !state.isOver else { return (state.continuation.take(), false) }
            let continuation = state.continuation.take()
            if continuation == nil { state.outcomes.append(outcome) }
            let mustHold = !state.isHeld && state.outcomes.count >= Self.mostUntaken
            if mustHold { state.isHeld = true }
            return (continuation, mustHold)
        }
        if mustHold { client.scheduler.hold(self) }
        continuation?.resume(returning: outcome)
    }

    /// Notes that a job is no longer waited for, without an outcome.
    private func endWait() {
        let continuation = state.withLock { state in
            state.waiting -= 1
            return Self.continuationAtEnd(&state)
        }
        continuation?.resume(returning: nil)
    }

    /// Whom to ask about jobs of an endpoint is looked up once, and so is what speaks against it.
    private func endpoint(of job: JobReference) -> Result<Endpoint, FetchError> {
        if let known = state.withLock({ $0.endpoints[job.endpoint] }) {
            return known.mapError { error in
                var error = error
                error.id = job.id
                return error
            }
        }
        let endpoint = client.asker(for: job).map { asker in
            Endpoint(asker: asker, policy: UsablePolicy(policy, minimumGap: asker.minimumGap))
        }
        state.withLock { $0.endpoints[job.endpoint] = endpoint }
        return endpoint
    }

    private static func continuationAtEnd(_ state: inout State) -> CheckedContinuation<JobOutcome?, any Error>? {
        guard state.isFinished, state.waiting == 0, state.outcomes.isEmpty else { return nil }
        return state.continuation.take()
    }
}
