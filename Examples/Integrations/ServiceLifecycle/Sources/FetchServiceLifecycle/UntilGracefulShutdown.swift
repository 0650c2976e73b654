import ServiceLifecycle

/// Runs an operation, and cancels it at a graceful shutdown.
///
/// It does what `cancelWhenGracefulShutdown` of ServiceLifecycle does, with child tasks only, so that a virtual clock
/// counts them, and without an error at a shutdown.
///
/// - Parameter operation: The operation.
/// - Throws: The errors of the operation, except a `CancellationError` after a graceful shutdown.
func untilGracefulShutdown(_ operation: @escaping @Sendable () async throws -> Void) async throws {
    let (shutdowns, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    try await withGracefulShutdownHandler {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                try await operation()
                return false
            }
            group.addTask {
                // It also ends when the task is cancelled.
                for await _ in shutdowns { return true }
                return false
            }
            let isShutdown = try await group.next() ?? false
            group.cancelAll()
            do {
                try await group.waitForAll()
            } catch is CancellationError where isShutdown && !Task.isCancelled {
                // The operation has ended since the shutdown has cancelled it.
            }
        }
    } onGracefulShutdown: {
        continuation.yield()
    }
}
