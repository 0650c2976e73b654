public import FetchCore
public import ServiceLifecycle
import Synchronization

/// A batch of a client as a service. At a graceful shutdown, it ends the waits, handles the outcomes that are there,
/// and saves what the batch still waited for.
///
/// ```swift
/// let service = JobBatchService(batch) { outcome in
///     try await table.save(outcome)
/// } saving: { waiting in
///     try await table.save(waiting)
/// }
/// ```
///
/// Each job has been handled or is in what is saved. The next process goes on with `client.batch(resuming:)`.
public struct JobBatchService: Service, CustomStringConvertible {
    private let batch: JobBatch
    private let handle: @Sendable (JobOutcome) async throws -> Void
    private let save: @Sendable (BatchSnapshot) async throws -> Void

    /// Creates a service.
    ///
    /// - Parameters:
    ///   - batch: The batch. Only the service iterates it.
    ///   - handle: Handles an outcome. It isn't cancelled at a graceful shutdown, but when the group's time for it is
    ///     over.
    ///   - save: Saves what the batch waited for at a graceful shutdown. It isn't called if the batch ends by itself.
    public init(
        _ batch: JobBatch,
        _ handle: @escaping @Sendable (JobOutcome) async throws -> Void,
        saving save: @escaping @Sendable (BatchSnapshot) async throws -> Void
    ) {
        self.batch = batch
        self.handle = handle
        self.save = save
    }

    /// The name of the service, for the log of the group.
    public var description: String { "batch" }

    /// Handles outcomes until a graceful shutdown, until the batch ends, or until the task is cancelled.
    ///
    /// - Throws: The errors of the functions and of the batch; `CancellationError`. Nothing is saved then, so keep the
    ///   rows of jobs until their outcomes are handled.
    public func run() async throws {
        let waiting = WaitingJobs()
        try await withGracefulShutdownHandler {
            for try await outcome in batch { try await handle(outcome) }
        } onGracefulShutdown: { [batch] in
            waiting.set(batch.drain())
        }
        if let snapshot = waiting.snapshot { try await save(snapshot) }
    }
}

/// The jobs that a batch waited for when it was drained.
private final class WaitingJobs: Sendable {
    private let state = Mutex<BatchSnapshot?>(nil)

    /// The jobs. `nil` if the batch wasn't drained.
    var snapshot: BatchSnapshot? { state.withLock { $0 } }

    func set(_ snapshot: BatchSnapshot) { state.withLock { $0 = snapshot } }
}
