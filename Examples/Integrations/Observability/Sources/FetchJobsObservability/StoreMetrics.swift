import FetchJobs
import FetchMetrics
import Metrics

/// The metrics of a store and of a worker. All have the label `store`.
struct StoreMetrics {
    private let storedJobs: Gauge
    private let workers: Gauge
    private let parkedJobs: Gauge
    private let pausedAccounts: Gauge
    private let undeliveredOutcomes: Gauge
    private let oldestWaiting: Gauge
    private let lostLeases: Counter
    private let workerRestarts: Counter
    private let storeFailures: Counter
    private var lastWorker = WorkerStatistics()

    /// Creates the metrics.
    ///
    /// - Parameters:
    ///   - store: The name of the store.
    ///   - factory: Creates the metric objects.
    init(of store: String, _ factory: any MetricsFactory) {
        let labels = [("store", store)]
        func gauge(_ name: String) -> Gauge { Gauge(label: name, dimensions: labels, factory: factory) }
        func counter(_ name: String) -> Counter { Counter(label: name, dimensions: labels, factory: factory) }
        storedJobs = gauge(MetricName.storedJobs)
        workers = gauge(MetricName.workers)
        parkedJobs = gauge(MetricName.parkedJobs)
        pausedAccounts = gauge(MetricName.pausedAccounts)
        undeliveredOutcomes = gauge(MetricName.undeliveredOutcomes)
        oldestWaiting = gauge(MetricName.oldestWaiting)
        lostLeases = counter(MetricName.lostLeases)
        workerRestarts = counter(MetricName.workerRestarts)
        storeFailures = counter(MetricName.storeFailures)
    }

    /// Sets the gauges, and adds to the counters what has come since the sample before.
    mutating func set(_ sample: StoreSample) {
        storedJobs.record(sample.overview.waitingJobs)
        workers.record(sample.overview.fleet.workers.count)
        parkedJobs.record(sample.overview.parkedJobs)
        pausedAccounts.record(sample.overview.fleet.pauses.count)
        undeliveredOutcomes.record(sample.overview.undeliveredOutcomes)
        oldestWaiting.record(sample.oldestAge)
        if let worker = sample.worker { add(worker) }
    }

    /// Adds to the counters of a worker what has come since the call before. It needs no store.
    mutating func add(_ worker: WorkerStatistics) {
        lostLeases.increment(by: max(worker.lostLeases - lastWorker.lostLeases, 0))
        workerRestarts.increment(by: max(worker.restarts - lastWorker.restarts, 0))
        storeFailures.increment(by: max(worker.failedStoreCalls - lastWorker.failedStoreCalls, 0))
        lastWorker = worker
    }
}
