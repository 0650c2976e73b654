import Synchronization

/// The subscriber of one iteration of ``FetchUpdates``: it requests the next state, and keeps the newest until it is
/// taken.
final class UpdatesSubscriber: Subscriber {
    typealias Update = FetchUpdate<any FetchOutput>

    /// The beginning of an iteration.
    enum Start {
        /// A subscription, and the update that is known when it begins.
        case subscribed(SubscriptionID, Update?)
        /// A job that had ended before the iteration began.
        case ended(FetchState<any FetchOutput>)
    }

    private struct State {
        var subscription: SubscriptionID?
        var event = LatestEvent<PollEvent>()
        var call = SuspendedCall<PollEvent>()
        var isOver = false
    }

    private let scheduler: JobScheduler
    private let subscribe: @Sendable (UpdatesSubscriber) throws(FetchError) -> Start
    private let state = Mutex(State())

    let waitsForEnd = false
    let keepsDetails = true

    /// True if the iteration is cancelled and about to unsubscribe.
    var isAtCapacity: Bool { state.withLock(\.call.isCancelled) }

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
        let (isOver, isSuspended) = state.withLock { ($0.isOver, $0.call.isSuspended) }
        if isSuspended { throw FetchError.concurrentIteration }
        if isOver { return nil }
        do {
            try Task.checkCancellation()
            guard let subscription = try subscription() else { return takeEnd() }
            switch try await event(of: subscription) {
            case .update(let update, _):
                if update.state.isTerminal { state.withLock { $0.isOver = true } }
                return update
            case .error(let error, _, _): throw error
            case .retry: return nil
            }
        } catch let error as FetchError where error.code == .concurrentIteration {
            // The wait of the other task goes on.
            throw error
        } catch {
            leave()
            throw error
        }
    }

    func receive(_ event: PollEvent, of job: AccountJob) {
        typealias Resumption = (call: CheckedContinuation<PollEvent, any Error>, event: PollEvent)
        let resumption = state.withLock { state -> Resumption? in
            // Two events may be delivered by two threads, and the later one may come first.
            state.event.keep(event, number: event.requests, isLast: event.isTerminal)
            guard state.call.isSuspended, let latest = state.event.take(), let call = state.call.take() else {
                return nil
            }
            return (call, latest)
        }
        if let resumption { resumption.call.resume(returning: resumption.event) }
    }

    /// Ends the iteration; no request is made for its sake any more.
    func leave() {
        let subscription = state.withLock { state in
            state.isOver = true
            return state.subscription.take()
        }
        if let subscription { scheduler.unsubscribe(subscription) }
    }

    /// Returns the subscription, which begins with the first call. `nil` if the job had ended before.
    private func subscription() throws(FetchError) -> SubscriptionID? {
        if let subscription = state.withLock(\.subscription) { return subscription }
        let (id, known): (SubscriptionID, Update?)
        switch try subscribe(self) {
        case .subscribed(let subscription, let update): (id, known) = (subscription, update)
        case .ended(let end):
            let update = Update(state: end, requests: 0)
            state.withLock { _ = $0.event.keep(.update(update), number: 0, isLast: true) }
            return nil
        }
        let first = state.withLock { state in
            if state.subscription == nil { state.subscription = id }
            // A response may have come meanwhile, which is newer.
            if let known { state.event.keep(.update(known), number: known.requests) }
            return state.subscription
        }
        guard let first, first != id else { return id }
        // Another task has begun the same iteration meanwhile.
        scheduler.unsubscribe(id)
        return first
    }

    /// Returns the end of a job that had ended before the iteration began, once.
    private func takeEnd() -> Update? {
        state.withLock { state in
            state.isOver = true
            if case .update(let update, _)? = state.event.take() { return update }
            return nil
        }
    }

    private func event(of subscription: SubscriptionID) async throws -> PollEvent {
        try await SuspendedCall.value { [self] in
            state.withLock { $0.call.cancel() }
        } _: { continuation in
            let result = state.withLock { state -> Result<PollEvent, any Error>? in
                if state.call.isCancelled { return .failure(CancellationError()) }
                if state.call.isSuspended { return .failure(FetchError.concurrentIteration) }
                if let event = state.event.take() { return .success(event) }
                state.call.suspend(continuation)
                return nil
            }
            if let result { return continuation.resume(with: result) }
            scheduler.requestNext(subscription)
        }
    }
}
