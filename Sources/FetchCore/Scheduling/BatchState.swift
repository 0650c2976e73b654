/// What an ``OutcomeQueue`` keeps, and what follows from it for those who wait for it.
struct BatchState {
    var outcomes = TakenInOrder<JobOutcome>()
    var endpoints: [EndpointName: Result<Endpoint, FetchError>] = [:]
    var continuation: CheckedContinuation<JobOutcome?, any Error>?
    var waiting = 0
    var isClaimed = false
    var isFull = false
    var isFinished = false
    /// Why no more jobs come, where that is an error.
    var inputError: (any Error)?
    /// Who adds jobs and waits for room, and how many jobs are too many for it.
    var feeder: (continuation: CheckedContinuation<Void, Never>, limit: Int)?
    var isOver = false
    var isCancelled = false

    /// An endpoint of the batch, and how patiently it is asked.
    struct Endpoint {
        let asker: EndpointAsker
        let policy: UsablePolicy
    }

    /// What the loop gets next.
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

    var isAtEnd: Bool { isOver || (isFinished && waiting == 0) }

    mutating func next() -> Next {
        if let outcome = outcomes.popFirst() { return .outcome(outcome) }
        guard isAtEnd else { return .none }
        return inputError.take().map(Next.throwing) ?? .end
    }

    func hasRoom(below limit: Int) -> Bool { isOver || isFinished || waiting + outcomes.count < limit }

    /// The feeder, where there is room for more jobs.
    mutating func takeFeeder() -> CheckedContinuation<Void, Never>? {
        guard let (continuation, limit) = feeder, hasRoom(below: limit) else { return nil }
        feeder = nil
        return continuation
    }
}
