/// The part of a locked state that has the continuation of one suspended call, which is resumed or cancelled.
struct SuspendedCall<Value: Sendable>: Sendable {
    private var continuation: CheckedContinuation<Value, any Error>?

    /// True if the task of a call was cancelled. Later calls don't suspend.
    private(set) var isCancelled = false

    /// True if a call is suspended.
    var isSuspended: Bool { continuation != nil }

    /// Keeps the continuation of a call. No other call may be suspended.
    mutating func suspend(_ continuation: CheckedContinuation<Value, any Error>) { self.continuation = continuation }

    /// Removes and returns the continuation, which is then to be resumed without the lock; `nil` if no call is
    /// suspended.
    mutating func take() -> CheckedContinuation<Value, any Error>? { continuation.take() }

    /// Notes a cancellation, and removes and returns the continuation.
    mutating func cancel() -> CheckedContinuation<Value, any Error>? {
        isCancelled = true
        return continuation.take()
    }

    /// Suspends the calling task until its continuation is resumed, at the latest when the task is cancelled.
    ///
    /// - Parameters:
    ///   - cancel: Calls ``cancel()`` with the state locked. It may be called before `body`.
    ///   - body: Keeps the continuation, or resumes it.
    /// - Returns: The value with which the continuation is resumed.
    /// - Throws: The error with which it is resumed; `CancellationError`.
    static func value(
        cancel: @escaping @Sendable () -> CheckedContinuation<Value, any Error>?,
        _ body: (CheckedContinuation<Value, any Error>) -> Void
    ) async throws -> Value {
        try Task.checkCancellation()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation(body)
        } onCancel: {
            cancel()?.resume(throwing: CancellationError())
        }
    }
}
