/// The state of an ``OutcomeQueue``.
struct OutcomeQueueState {
    /// An endpoint of the batch, and the policy of its jobs.
    struct Endpoint {
        let handle: EndpointHandle
        let policy: ClampedPolicy
    }

    /// The next thing for the loop over the outcomes.
    enum Next {
        /// Nothing yet.
        case none
        case outcome(JobOutcome)
        case throwing(any Error)
        case end

        func resume(_ continuation: CheckedContinuation<JobOutcome?, any Error>) {
            switch self {
            case .none: break
            case .outcome(let outcome): continuation.resume(returning: outcome)
            case .throwing(let error): continuation.resume(throwing: error)
            case .end: continuation.resume(returning: nil)
            }
        }
    }

    /// The outcomes that haven't been taken.
    var outcomes = UntakenOutcomes()
    /// The endpoints of the client's own jobs.
    var endpoints: [EndpointName: Result<Endpoint, FetchError>] = [:]
    /// The values that callers have given with jobs that are waited for. Most jobs have none.
    var contexts: [AccountJob: JSONValue] = [:]
    /// The call of the loop that waits for an outcome.
    var call = SuspendedCall<JobOutcome?>()
    /// The number of jobs that are waited for.
    var waiting = 0
    /// True if a loop has begun.
    var isClaimed = false
    /// True if no more jobs are added.
    var isFinished = false
    /// True if no job is waited for any more, and the outcomes that are there can still be taken.
    var isDrained = false
    /// The error of the sequence that the jobs come from.
    var inputError: (any Error)?
    /// The task that adds jobs, if it waits for room, and the number of jobs that is too large for it.
    var feeder: (continuation: CheckedContinuation<Void, Never>, limit: Int)?
    var isOver = false

    var isAtEnd: Bool { isOver || (isFinished && waiting == 0) }

    /// Notes that a wait has ended without an outcome.
    mutating func endWait() { waiting -= isOver ? 0 : 1 }

    /// Removes and returns the value that was given with a job.
    mutating func takeContext(of job: AccountJob) -> JSONValue? {
        contexts.isEmpty ? nil : contexts.removeValue(forKey: job)
    }

    mutating func next() -> Next {
        if let outcome = outcomes.popFirst() { return .outcome(outcome) }
        guard isAtEnd else { return .none }
        return inputError.take().map(Next.throwing) ?? .end
    }

    func hasRoom(below limit: Int) -> Bool { isOver || isFinished || waiting + outcomes.count < limit }

    /// Removes and returns the feeder, if there is room for more jobs.
    mutating func takeFeeder() -> CheckedContinuation<Void, Never>? {
        guard let (continuation, limit) = feeder, hasRoom(below: limit) else { return nil }
        feeder = nil
        return continuation
    }
}
