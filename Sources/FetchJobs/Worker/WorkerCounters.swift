import Synchronization

/// The counters that all copies of a worker share.
final class WorkerCounters: Sendable {
    private let state = Mutex(WorkerStatistics())
    private let error = Mutex<JobStoreError?>(nil)

    var statistics: WorkerStatistics { state.withLock { $0 } }

    /// The latest error of the store.
    var lastStoreError: JobStoreError? { error.withLock { $0 } }

    /// Notes that a call of the store has failed.
    func note(_ error: JobStoreError) {
        self.error.withLock { $0 = error }
        update { $0.failedStoreCalls += 1 }
    }

    func add(_ statistics: WorkerStatistics) { state.withLock { $0.add(statistics) } }

    func update(_ body: (inout WorkerStatistics) -> Void) { state.withLock { body(&$0) } }
}
