import FetchCore
package import FetchJobs
import FetchMetrics
package import Logging

/// The lines about a store and a worker that something has to be done about. Each is written when its reason comes up,
/// and not again as long as it lasts.
package struct StoreLog {
    /// A line to write.
    package struct Entry: Sendable, Equatable {
        /// The level.
        package var level: Logger.Level
        /// The message.
        package var message: String
        /// The values.
        package var metadata: Logger.Metadata = [:]
    }

    private let store: String
    private var parkedJobs = 0
    private var pauses: Set<ProviderAccount> = []
    private var leftEndpoints: Set<EndpointName> = []
    private var failedStoreCalls = 0
    private var isUnavailable = false

    /// Creates a log without lines.
    ///
    /// - Parameter store: The name of the store.
    package init(of store: String) { self.store = store }

    /// Compares a sample with the one before.
    ///
    /// - Parameters:
    ///   - sample: The state of the store.
    ///   - error: The latest error of a call that the worker has repeated or done without.
    /// - Returns: The lines to write.
    package mutating func entries(for sample: StoreSample, lastStoreError error: JobStoreError?) -> [Entry] {
        var entries: [Entry] = []
        if isUnavailable { entries.append(Entry(level: .notice, message: "The store can be read again")) }
        isUnavailable = false
        let parked = sample.overview.parkedJobs
        if parked > parkedJobs {
            let count = "\(parked)\(parked == StoreOverview.greatestParkedJobs ? " or more" : "")"
            entries.append(Entry(level: .error, message: "Jobs are parked", metadata: ["fetch.count": "\(count)"]))
        }
        parkedJobs = parked
        entries += newPauses(sample.overview.fleet.pauses)
        if let worker = sample.worker { entries += changes(of: worker, error) }
        return entries.map(named)
    }

    /// Returns the line for a store that can't be read. It is written once until the store can be read again.
    package mutating func entry(forUnreadable error: any Error) -> Entry? {
        guard !isUnavailable else { return nil }
        isUnavailable = true
        return named(
            Entry(level: .warning, message: "The store can't be read", metadata: ["fetch.message": .redacted(error)])
        )
    }

    private mutating func newPauses(_ active: [AccountPause]) -> [Entry] {
        defer { pauses = Set(active.map(\.account)) }
        return active.filter { !pauses.contains($0.account) }.map { pause in
            var entry = Entry(level: .warning, message: "Account is paused")
            entry.metadata["fetch.provider"] = "\(pause.account.provider)"
            if let account = pause.account.account { entry.metadata["fetch.account"] = "\(account)" }
            entry.metadata["fetch.reason"] = .redacted(pause.reason)
            return entry
        }
    }

    private mutating func changes(of worker: WorkerStatistics, _ error: JobStoreError?) -> [Entry] {
        var entries: [Entry] = []
        for endpoint in worker.leftEndpoints.subtracting(leftEndpoints).sorted() {
            let metadata: Logger.Metadata = ["fetch.endpoint": "\(endpoint)"]
            entries.append(Entry(level: .error, message: "Worker can't poll the endpoint", metadata: metadata))
        }
        leftEndpoints = worker.leftEndpoints
        if worker.failedStoreCalls > failedStoreCalls {
            var entry = Entry(level: .warning, message: "Calls of the store failed")
            entry.metadata["fetch.count"] = "\(worker.failedStoreCalls - failedStoreCalls)"
            if let error { entry.metadata["fetch.message"] = .redacted(error) }
            entries.append(entry)
        }
        failedStoreCalls = worker.failedStoreCalls
        return entries
    }

    private func named(_ entry: Entry) -> Entry {
        var entry = entry
        entry.metadata["fetch.store"] = "\(store)"
        return entry
    }
}

extension Logger.MetadataValue {
    /// A description without the queries of its links.
    fileprivate static func redacted(_ value: some Any) -> Self {
        "\(LinkRedaction.withoutQueries(String(describing: value)))"
    }
}
