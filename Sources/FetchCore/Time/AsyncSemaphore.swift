import FetchDataStructures
import Synchronization

/// A counting semaphore whose waiters are suspended tasks. They get permits in the order in which they came.
final class AsyncSemaphore: Sendable {
    private struct State {
        var permits: Int
        /// Fulfilled with true by a permit, and with false by a timeout.
        var waiters = FIFOQueue<Promise<Bool>>()
    }

    private let state: Mutex<State>

    /// Creates a semaphore with a number of permits.
    init(_ permits: Int) { state = Mutex(State(permits: permits)) }

    /// Waits for a permit, which has to be given back with ``release()``.
    ///
    /// - Parameters:
    ///   - timeout: The longest wait.
    ///   - clock: The clock that measures it.
    /// - Returns: False if there was no permit in time.
    /// - Throws: `CancellationError` as soon as the task is cancelled.
    func acquire(within timeout: Duration, _ clock: any Clock<Duration>) async throws -> Bool {
        try Task.checkCancellation()
        let waiter = state.withLock { state -> Promise<Bool>? in
            if state.permits > 0 {
                state.permits -= 1
                return nil
            }
            while state.waiters.first?.isFulfilled == true { _ = state.waiters.popFirst() }
            let waiter = Promise<Bool>()
            state.waiters.append(waiter)
            return waiter
        }
        guard let waiter else { return true }
        return try await withTaskCancellationHandler {
            try await waiter.wait(atMost: timeout, clock) { waiter.fulfill(.success(false)) }
        } onCancel: {
            waiter.fulfill(.failure(CancellationError()))
        }
    }

    /// Gives a permit to the first waiter that still waits.
    func release() {
        while true {
            let next = state.withLock { state -> Promise<Bool>? in
                let next = state.waiters.popFirst()
                if next == nil { state.permits += 1 }
                return next
            }
            guard let next, !next.fulfill(.success(true)) else { return }
        }
    }
}
