public import FetchCore

/// Polls the jobs of a store with a client, and records their ends.
///
/// ```swift
/// let worker = JobWorker(client: client, store: store)
/// try await worker.run()
/// ```
///
/// Any number of workers share a store, in one process or in many. Each leases jobs of the endpoints that its client
/// has registered, and polls them as a batch of the client. Schedules are in memory: a request writes nothing to the
/// store.
///
/// - A job is polled with the key of its ``DurableJob/account``, or with the client's own.
/// - An error of polling isn't an end of the job. Depending on the error, the job is given back for later, is parked
///   for a person to look at, or its account is paused for all workers.
/// - The workers of a store divide the limits of each account among themselves. The shares never add up to more.
/// - A worker that can't renew its lease stops all requests before the store may declare it dead, and begins again as a
///   new worker.
/// - A 429 pauses its account for all workers, and ``statistics`` counts what a worker has done.
///
/// The limits of the client's configuration are those of an account for all workers together, and have to be the same in
/// all of them. The client should poll nothing else of the same accounts, since the worker sets its own part.
public struct JobWorker: Sendable {
    private let client: FetchClient
    private let store: any JobStore
    private let settings: WorkerSettings
    private let counters = WorkerCounters()

    /// Creates a worker. It does nothing before ``run()``.
    ///
    /// - Parameters:
    ///   - client: Polls the jobs. Its registry says which jobs are leased.
    ///   - store: The store.
    ///   - configuration: The settings.
    public init(client: FetchClient, store: any JobStore, configuration: Configuration = Configuration()) {
        self.client = client
        self.store = store
        settings = WorkerSettings(client, configuration)
    }

    /// The counters of the worker's work, for metrics. Copies of the worker share them.
    public var statistics: WorkerStatistics { counters.statistics }

    /// The latest error of a call of the store, which the worker has repeated or done without. `nil` if none has failed.
    ///
    /// ``WorkerStatistics/failedStoreCalls`` says how many there were.
    public var lastStoreError: JobStoreError? { counters.lastStoreError }

    /// Polls jobs until the task is cancelled, or the store can't be used.
    ///
    /// When the task is cancelled, the worker leases no more jobs, records the ends that it has, gives all other jobs
    /// back and removes itself from the store. That takes at most a sixth of ``Configuration/timeToLive``.
    ///
    /// - Throws: `CancellationError`; ``JobStoreError`` if the store can't be used and a retry can't help; `FetchError`
    ///   if the client can't poll any endpoint, for example since the library of its transport is missing. While the
    ///   store is unavailable, the worker waits.
    public func run() async throws {
        let timeline = Timeline(client.environment.clock)
        while true {
            let (id, time) = try await register(timeline)
            let life = WorkerLife(id, registeredAt: time, timeline, client: client, store: store, settings, counters)
            switch await life.run() {
            case .expired:
                counters.update { $0.restarts += 1 }
                try await timeline.sleep(until: timeline.now + .seconds(1))
            case .cancelled: throw CancellationError()
            case .failed(let error): throw error
            }
        }
    }

    /// Registers a worker, and returns its number and the time before the registration was sent.
    private func register(_ timeline: Timeline) async throws -> (WorkerID, Duration) {
        while true {
            try Task.checkCancellation()
            let time = timeline.now
            do {
                return (try await store.register(settings.configuration.name, timeToLive: settings.timeToLive), time)
            } catch let error as JobStoreError where error.isRetryable {
                counters.note(error)
                try await timeline.sleep(until: timeline.now + settings.longestLeasePause)
            }
        }
    }
}
