public import ServiceLifecycle

/// A service with an operation that runs until it is cancelled, such as telemetry. A graceful shutdown cancels it.
///
/// ```swift
/// CancellableService("telemetry") { await telemetry.run(sampling: client) }
/// ```
public struct CancellableService: Service, CustomStringConvertible {
    /// The name of the service.
    public let description: String

    private let operation: @Sendable () async throws -> Void

    /// Creates a service.
    ///
    /// - Parameters:
    ///   - name: The name of the service, for the log of the group.
    ///   - operation: The operation. It should end soon after the cancellation of its task, and may throw
    ///     `CancellationError` then.
    public init(_ name: String, _ operation: @escaping @Sendable () async throws -> Void) {
        description = name
        self.operation = operation
    }

    /// Runs the operation until it ends by itself, or a graceful shutdown or the task's cancellation has ended it.
    ///
    /// - Throws: The errors of the operation, except a `CancellationError` after a graceful shutdown.
    public func run() async throws { try await untilGracefulShutdown(operation) }
}
