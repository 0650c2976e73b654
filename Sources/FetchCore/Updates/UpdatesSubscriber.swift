import Synchronization

/// The subscriber of one iteration of ``FetchUpdates``: it requests the next state, and keeps the newest until it is
/// taken.
final class UpdatesSubscriber: Subscriber {
    typealias Update = FetchUpdate<any FetchOutput>

    /// A subscription, and the update that is known when it begins.
    typealias Start = (id: SubscriptionID, update: Update?)

    private struct State {
        var subscription: SubscriptionID?
        var event: PollEvent?
        var continuation: CheckedContinuation<PollEvent, any Error>?
        var isCancelled = false
        var isOver = false
    }

    private let scheduler: JobScheduler
    private let subscribe: @Sendable (UpdatesSubscriber) throws(FetchError) -> Start
    private let state = Mutex(State())

    let waitsForEnd = false

    /// True if the iteration is cancelled and about to unsubscribe.
    var isAtCapacity: Bool { state.withLock(\.isCancelled) }

    /// Prepares an iteration.
    ///
    /// - Parameters:
    ///   - scheduler: The scheduler.
    ///   - subscribe: Adds the subscription to the scheduler, when the iteration begins.
    init(
        scheduler: JobScheduler,
        subscribe: @escaping @Sendable (UpdatesSubscriber) throws(FetchError) -> Start
    ) {
        self.scheduler = scheduler
        self.subscribe = subscribe
    }

    /// Returns the next update; `nil` after a terminal one or an error.
    func next() async throws -> Update? {
        guard !state.withLock(\.isOver) else { return nil }
        do {
            try Task.checkCancellation()
            switch try await event(of: subscription()) {
            case .update(let update):
                if update.state.isTerminal { state.withLock { $0.isOver = true } }
                return update
            case .error(let error): throw error
            case .retry: return nil
            }
        } catch {
            leave()
            throw error
        }
    }

    func receive(_ event: PollEvent, of job: JobReference) {
        let continuation = state.withLock { state in
            let continuation = state.continuation.take()
            // Two events may be delivered by two threads, and the terminal one may come first.
            if continuation == nil, state.event?.isTerminal != true { state.event = event }
            return continuation
        }
        continuation?.resume(returning: event)
    }

    /// Ends the iteration; no request is made for its sake any more.
    func leave() {
        let subscription = state.withLock { state in
            state.isOver = true
            return state.subscription.take()
        }
        if let subscription { scheduler.unsubscribe(subscription) }
    }

    private func subscription() throws(FetchError) -> SubscriptionID {
        if let subscription = state.withLock(\.subscription) { return subscription }
        let start = try subscribe(self)
        state.withLock { state in
            state.subscription = start.id
            // A response may have come meanwhile, which is newer.
            state.event = state.event ?? start.update.map(PollEvent.update)
        }
        return start.id
    }

    private func event(of subscription: SubscriptionID) async throws -> PollEvent {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let (isCancelled, event) = state.withLock { state in
                    let event = state.event.take()
                    if !state.isCancelled, event == nil { state.continuation = continuation }
                    return (state.isCancelled, event)
                }
                if isCancelled { return continuation.resume(throwing: CancellationError()) }
                if let event { return continuation.resume(returning: event) }
                scheduler.requestNext(subscription)
            }
        } onCancel: {
            let continuation = state.withLock { state in
                state.isCancelled = true
                return state.continuation.take()
            }
            continuation?.resume(throwing: CancellationError())
        }
    }
}
