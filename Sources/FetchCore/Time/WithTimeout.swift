/// Runs an operation with a time limit.
///
/// The operation starts on the caller's thread if the system supports immediate tasks. When the time is over, or when
/// the caller's task is cancelled, the operation's task is cancelled. The function returns when the operation has
/// ended.
///
/// - Parameters:
///   - timeout: The maximum time. The operation doesn't run if it is zero or negative.
///   - clock: The clock that measures the time.
///   - operation: The operation to run. It has to end soon after its task is cancelled.
/// - Returns: The operation's result, or `nil` if the time was over first.
/// - Throws: The error of the operation. After cancellation of the caller's task it is the operation that decides what
///   to throw.
package func withTimeout<Value: Sendable>(
    _ timeout: Duration,
    clock: any Clock<Duration>,
    operation: @escaping @Sendable () async throws -> Value
) async throws -> Value? {
    guard timeout > .zero else { return nil }
    let outcome = Promise<Value?>()
    return try await withThrowingDiscardingTaskGroup { group in
        defer { group.cancelAll() }
        group.addImmediateTaskIfAvailable {
            do {
                outcome.fulfill(.success(try await operation()))
            } catch {
                outcome.fulfill(.failure(error))
            }
        }
        // An operation that doesn't suspend, such as a transport in memory, has already ended.
        if let result = outcome.result { return try result.get() }
        if clock is ContinuousClock {
            let timer = SharedTimer.continuous.schedule(after: timeout) { outcome.fulfill(.success(nil)) }
            defer { SharedTimer.continuous.cancel(timer) }
            return try await outcome.wait()
        }
        // A virtual clock advances when all tasks that it knows sleep, so the timeout has to be a sleep on that clock.
        group.addTask {
            do {
                try await clock.sleep(for: timeout, tolerance: TimerTolerance.timeout)
                outcome.fulfill(.success(nil))
            } catch {
                // The operation has ended, or the caller's task was cancelled and the operation is ending.
            }
        }
        return try await outcome.wait()
    }
}

extension ThrowingDiscardingTaskGroup {
    /// Adds a task that starts on the current thread if the system supports that, and on the global executor otherwise.
    ///
    /// The compilation condition `FETCHKIT_WITHOUT_IMMEDIATE_TASKS` selects the latter, for tests.
    fileprivate mutating func addImmediateTaskIfAvailable(
        _ operation: @escaping @Sendable @concurrent () async -> Void
    ) {
        #if !FETCHKIT_WITHOUT_IMMEDIATE_TASKS
            if #available(macOS 26, iOS 26, tvOS 26, watchOS 26, visionOS 26, *) {
                addImmediateTask(operation: operation)
                return
            }
        #endif
        addTask(operation: operation)
    }
}
