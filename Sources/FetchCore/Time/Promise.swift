package import Synchronization

/// A promise that several producers may fulfill, such as a transport, a timeout and a cancellation. The first result
/// counts.
package final class Promise<Value: Sendable>: Sendable {
    @usableFromInline
    enum State {
        case empty
        case awaited(CheckedContinuation<Value, any Error>)
        case fulfilled(Result<Value, any Error>)

        @usableFromInline var isFulfilled: Bool {
            switch self {
            case .empty, .awaited: false
            case .fulfilled: true
            }
        }
    }

    @usableFromInline let state = Mutex(State.empty)

    /// Creates a promise without a result.
    @inlinable
    package init() {}

    /// The result. `nil` before there is one.
    @inlinable
    package var result: Result<Value, any Error>? {
        state.withLock { state in
            if case .fulfilled(let result) = state { result } else { nil }
        }
    }

    /// True if later results are ignored.
    @inlinable
    package var isFulfilled: Bool {
        state.withLock { $0.isFulfilled }
    }

    /// Fulfills the promise, and resumes the task that waits for it.
    ///
    /// - Returns: False if the promise is already fulfilled. The result is ignored then.
    @inlinable
    @discardableResult
    package func fulfill(_ result: Result<Value, any Error>) -> Bool {
        let (isFirst, continuation): (Bool, CheckedContinuation<Value, any Error>?) = state.withLock { state in
            switch state {
            case .empty:
                state = .fulfilled(result)
                return (true, nil)
            case .awaited(let continuation):
                state = .fulfilled(result)
                return (true, continuation)
            case .fulfilled: return (false, nil)
            }
        }
        continuation?.resume(with: result)
        return isFirst
    }

    /// Has a continuation resumed when the promise is fulfilled. At most one may wait.
    ///
    /// - Returns: False if the promise is already fulfilled. The continuation is resumed before the function returns.
    @inlinable
    @discardableResult
    package func resume(_ continuation: CheckedContinuation<Value, any Error>) -> Bool {
        let result: Result<Value, any Error>? = state.withLock { state in
            if case .fulfilled(let result) = state { return result }
            state = .awaited(continuation)
            return nil
        }
        if let result { continuation.resume(with: result) }
        return result == nil
    }

    /// Returns the value when the promise is fulfilled.
    ///
    /// - Throws: The error with which it is fulfilled. Cancellation has no effect: the producers have to end the wait.
    package func wait() async throws -> Value {
        try await withCheckedThrowingContinuation { resume($0) }
    }
}
