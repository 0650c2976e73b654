public import FetchJobs
public import Logging
public import Metrics

/// Reports the state of a store of jobs, and of a worker in this process, to swift-metrics and swift-log.
///
/// ```swift
/// let storeTelemetry = JobStoreTelemetry(of: store, worker: worker, logger: logger)
/// await storeTelemetry.run()
/// ```
///
/// The state is read at intervals, from an overview and from a page of one job, which no store counts a table for. If
/// several processes share a store, it is enough that one reports it, and each reports its worker.
public struct JobStoreTelemetry: Sendable {
    private let store: any JobStore
    private let name: String
    private let worker: JobWorker?
    private let logger: Logger?
    private let metrics: any MetricsFactory
    private let interval: Duration
    private let clock: any Clock<Duration>

    /// Creates telemetry. It reads nothing before ``run()``.
    ///
    /// - Parameters:
    ///   - store: The store.
    ///   - name: The label of the store. Defaults to "main".
    ///   - worker: The worker in this process. Defaults to none.
    ///   - logger: Receives the lines. `nil` if nothing is to be logged.
    ///   - metrics: Creates the metrics. Defaults to the factory of the process, so call `MetricsSystem.bootstrap`
    ///     before.
    ///   - interval: The time between two samples. Defaults to 10 seconds.
    ///   - clock: The clock that measures it. Only tests replace it.
    public init(
        of store: any JobStore,
        named name: String = "main",
        worker: JobWorker? = nil,
        logger: Logger?,
        metrics: any MetricsFactory = MetricsSystem.factory,
        every interval: Duration = .seconds(10),
        clock: any Clock<Duration> = ContinuousClock()
    ) {
        self.store = store
        self.name = name
        self.worker = worker
        self.logger = logger
        self.metrics = metrics
        self.interval = interval
        self.clock = clock
    }

    /// Reports the state until the task is cancelled, and returns then. While the store can't be read, only the
    /// counters of the worker are reported.
    public func run() async {
        var values = StoreMetrics(of: name, metrics)
        var log = StoreLog(of: name)
        repeat {
            await report(&values, &log)
        } while (try? await clock.sleep(for: interval)) != nil
        if let worker { values.add(worker.statistics) }
    }

    private func report(_ values: inout StoreMetrics, _ log: inout StoreLog) async {
        do {
            let sample = try await StoreSample(of: store, worker)
            values.set(sample)
            for entry in log.entries(for: sample, lastStoreError: worker?.lastStoreError) { write(entry) }
        } catch is CancellationError {
            return
        } catch {
            if let worker { values.add(worker.statistics) }
            if let entry = log.entry(forUnreadable: error) { write(entry) }
        }
    }

    private func write(_ entry: StoreLog.Entry) {
        logger?.log(level: entry.level, "\(entry.message)", metadata: entry.metadata)
    }
}
