/// Runs an operation with a time limit, whatever the operation does.
///
/// The operation runs in a task of its own, which has the caller's priority and task-local values. Without an executor,
/// it starts on the caller's thread if the system supports immediate tasks. When the time is over, or when the caller's
/// task is cancelled, the operation's task is cancelled, and the function returns: at once, and not when the operation
/// has ended. An operation that ignores its cancellation goes on alone.
///
/// - Parameters:
///   - timeout: The maximum time. The operation doesn't run if it is zero or negative.
///   - clock: The clock that measures the time.
///   - executor: Where the operation runs, if it may block its thread. Defaults to the caller's thread first, and then
///     to the executor of the clock or of the process.
///   - unreturned: Counts the operation from when it was given up until it returns.
///   - operation: The operation to run. It should end soon after its task is cancelled.
/// - Returns: The operation's result, or `nil` if the time was over first.
/// - Throws: The error of the operation; `CancellationError` after cancellation of the caller's task.
package func withTimeout<Value: Sendable>(
    _ timeout: Duration,
    clock: any Clock<Duration>,
    on executor: (any TaskExecutor)? = nil,
    unreturned: UnreturnedCalls = UnreturnedCalls(),
    operation: @escaping @Sendable () async throws -> Value
) async throws -> Value? {
    guard timeout > .zero else { return nil }
    try Task.checkCancellation()
    let outcome = Promise<Value?>()
    let task = startTask(on: executor, of: clock) {
        let result: Result<Value?, any Error>
        do { result = .success(try await operation()) } catch { result = .failure(error) }
        if !outcome.fulfill(result) { unreturned.noteReturn() }
    }
    // An operation that doesn't suspend, such as a transport in memory, has already ended.
    if let result = outcome.result { return try result.get() }
    return try await withTaskCancellationHandler {
        try await outcome.wait(atMost: timeout, clock) {
            guard outcome.fulfill(.success(nil)) else { return }
            unreturned.noteGivenUp()
            task.cancel()
        }
    } onCancel: {
        guard outcome.fulfill(.failure(CancellationError())) else { return }
        unreturned.noteGivenUp()
        task.cancel()
    }
}

extension Promise {
    /// Returns the value when the promise is fulfilled.
    ///
    /// - Parameters:
    ///   - timeout: The longest wait.
    ///   - clock: The clock that measures it.
    ///   - onTimeout: Called when the time is over. It has to fulfill the promise.
    /// - Returns: The value.
    /// - Throws: The error with which the promise is fulfilled.
    func wait(
        atMost timeout: Duration,
        _ clock: any Clock<Duration>,
        onTimeout: @escaping @Sendable () -> Void
    ) async throws -> Value {
        if clock is ContinuousClock {
            let timer = SharedTimer.continuous.schedule(after: timeout, onTimeout)
            defer { SharedTimer.continuous.cancel(timer) }
            return try await wait()
        }
        // A virtual clock advances when all tasks that it knows sleep, so the timeout has to be a sleep on that clock.
        let timer = Task(executorPreference: (clock as? any ExecutorClock)?.taskExecutor) {
            guard (try? await clock.sleep(for: timeout, tolerance: TimerTolerance.timeout)) != nil else { return }
            onTimeout()
        }
        defer { timer.cancel() }
        return try await wait()
    }
}

/// Starts a task, on an executor or on the current thread if the system supports that, and on the executor of the clock
/// or of the process otherwise.
///
/// The compilation condition `FETCHKIT_WITHOUT_IMMEDIATE_TASKS` selects the latter, for tests.
///
/// - Parameters:
///   - executor: Where the operation runs. Defaults to `nil`.
///   - clock: The clock whose executor it may be.
///   - operation: The operation.
/// - Returns: The task.
package func startTask<Value: Sendable>(
    on executor: (any TaskExecutor)? = nil,
    of clock: any Clock<Duration>,
    _ operation: @escaping @Sendable @concurrent () async -> Value
) -> Task<Value, Never> {
    if let executor { return Task(executorPreference: executor, operation: operation) }
    let executor = clock is ContinuousClock ? nil : (clock as? any ExecutorClock)?.taskExecutor
    #if !FETCHKIT_WITHOUT_IMMEDIATE_TASKS
        if #available(macOS 26, iOS 26, tvOS 26, watchOS 26, visionOS 26, *) {
            return Task.immediate(executorPreference: executor, operation: operation)
        }
    #endif
    return Task(executorPreference: executor, operation: operation)
}
