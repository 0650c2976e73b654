import Synchronization

/// Calls that ignore the cancellation of their task, and return only when a test lets them.
package final class UnendingCalls: Sendable {
    private struct State {
        var suspended: [CheckedContinuation<Void, Never>] = []
        var mustReturn = false
    }

    private let state = Mutex(State())

    /// Creates an empty list of calls.
    package init() {}

    /// The number of calls that haven't returned.
    package var count: Int { state.withLock(\.suspended.count) }

    /// Suspends until ``returnAll()``.
    package func call() async {
        await withCheckedContinuation { continuation in
            let returns = state.withLock { state in
                if !state.mustReturn { state.suspended.append(continuation) }
                return state.mustReturn
            }
            if returns { continuation.resume() }
        }
    }

    /// Lets all calls return, and later ones at once.
    package func returnAll() {
        let suspended = state.withLock { state in
            state.mustReturn = true
            defer { state.suspended = [] }
            return state.suspended
        }
        for continuation in suspended { continuation.resume() }
    }
}
