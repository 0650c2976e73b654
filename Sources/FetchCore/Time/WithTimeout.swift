/// Runs an operation and returns its result, or nil where it took longer than the timeout and was cancelled.
///
/// - Throws: What the operation throws, and `CancellationError` when the task is cancelled.
package func withTimeout<Value: Sendable>(
    _ timeout: Duration,
    clock: any Clock<Duration>,
    operation: @escaping @Sendable () async throws -> Value
) async throws -> Value? {
    guard timeout > .zero else { return nil }
    return try await withThrowingTaskGroup(of: Value?.self) { group in
        group.addTask { try await operation() }
        group.addTask {
            try await clock.sleep(for: timeout, tolerance: nil)
            return nil
        }
        defer { group.cancelAll() }
        return try await group.next() ?? nil
    }
}
