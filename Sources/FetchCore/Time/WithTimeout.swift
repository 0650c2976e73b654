/// Runs an operation and returns its result, or nil where it took longer than the timeout and was cancelled.
///
/// The operation begins in the caller's thread and is cancelled through the task that it runs in; this function returns
/// when it has ended.
///
/// - Throws: What the operation throws. When the task is cancelled, so is the operation, which says what that means.
package func withTimeout<Value: Sendable>(
    _ timeout: Duration,
    clock: any Clock<Duration>,
    operation: @escaping @Sendable () async throws -> Value
) async throws -> Value? {
    guard timeout > .zero else { return nil }
    let outcome = FirstOutcome<Result<Value, any Error>?>()
    return try await withThrowingDiscardingTaskGroup { group in
        defer { group.cancelAll() }
        group.addTaskAtOnce {
            do {
                outcome.come(.success(try await operation()))
            } catch {
                outcome.come(.failure(error))
            }
        }
        // In memory, and where there is nothing to send, the operation has ended by now.
        if let result = outcome.value { return try result?.get() }
        if clock is ContinuousClock {
            let ring = Alarm.continuous.ring(after: timeout) { outcome.come(nil) }
            defer { Alarm.continuous.cancel(ring) }
            return try await outcome.wait()?.get()
        }
        // Any other clock: the virtual one moves when all tasks that it sees are waiting for it.
        group.addTask {
            do {
                try await clock.sleep(for: timeout, tolerance: TimerTolerance.timeout)
                outcome.come(nil)
            } catch {
                // The operation came first, or is being cancelled as well.
            }
        }
        return try await outcome.wait()?.get()
    }
}

extension ThrowingDiscardingTaskGroup {
    /// Adds a task that begins in this thread, where the system can do that, and not in the next one that is free.
    fileprivate mutating func addTaskAtOnce(_ operation: @escaping @Sendable @concurrent () async -> Void) {
        if #available(macOS 26, iOS 26, tvOS 26, watchOS 26, visionOS 26, *) {
            addImmediateTask(operation: operation)
        } else {
            addTask(operation: operation)
        }
    }
}
