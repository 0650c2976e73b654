import Synchronization

/// The subscriber of one call of `result`: it waits for the end of a job, and its task isn't resumed before.
final class ResultSubscriber: Subscriber {
    private struct State {
        var subscription: SubscriptionID?
        var call = SuspendedCall<any FetchOutput>()
    }

    private let scheduler: JobScheduler
    private let state = Mutex(State())

    let waitsForEnd = true
    let keepsDetails = true

    /// True if the call is cancelled and about to unsubscribe.
    var isAtCapacity: Bool { state.withLock(\.call.isCancelled) }

    init(_ scheduler: JobScheduler) { self.scheduler = scheduler }

    /// Waits for the end of a job, and returns its output.
    ///
    /// - Throws: ``FetchError``; `CancellationError`.
    func output(of id: String, _ handle: EndpointHandle, _ plan: PollPlan) async throws -> any FetchOutput {
        do {
            return try await SuspendedCall.value { [self] in
                state.withLock { $0.call.cancel() }
            } _: { continuation in
                guard hold(continuation) else { return continuation.resume(throwing: CancellationError()) }
                let subscription = scheduler.subscribeToEnd(self, of: id, handle, plan)
                state.withLock { $0.subscription = subscription }
            }
        } catch {
            if let subscription = state.withLock(\.subscription) { scheduler.unsubscribe(subscription) }
            throw error
        }
    }

    func receive(_ event: PollEvent, of job: AccountJob) {
        guard let end = event.end(of: job) else { return }
        state.withLock { $0.call.take() }?.resume(with: end.result)
    }

    /// Keeps the continuation of the call; false if the call is cancelled.
    private func hold(_ continuation: CheckedContinuation<any FetchOutput, any Error>) -> Bool {
        state.withLock { state in
            if !state.call.isCancelled { state.call.suspend(continuation) }
            return !state.call.isCancelled
        }
    }
}
