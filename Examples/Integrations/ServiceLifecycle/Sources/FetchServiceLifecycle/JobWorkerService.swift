public import FetchJobs
public import ServiceLifecycle

/// A worker as a service. At a graceful shutdown, it records the ends that it has, gives all other jobs back, and
/// removes itself from the store, so that another worker goes on with the jobs at once.
///
/// ```swift
/// let service = JobWorkerService(worker)
/// ```
///
/// That usually takes some milliseconds. While the store is unavailable, it takes at most a sixth of the worker's time
/// to live: ten seconds by default, and two with a time to live of twelve seconds.
public struct JobWorkerService: Service, CustomStringConvertible {
    private let worker: JobWorker

    /// Creates a service.
    ///
    /// - Parameter worker: The worker. Only the service runs it.
    public init(_ worker: JobWorker) { self.worker = worker }

    /// The name of the service, for the log of the group.
    public var description: String { "worker" }

    /// Runs the worker until a graceful shutdown, or until the task is cancelled.
    ///
    /// - Throws: `JobStoreError` if the store can't be used and a retry can't help; `FetchError` if the client can't
    ///   poll any endpoint; `CancellationError`, after the worker has given its jobs back too.
    public func run() async throws { try await untilGracefulShutdown { [worker] in try await worker.run() } }
}
