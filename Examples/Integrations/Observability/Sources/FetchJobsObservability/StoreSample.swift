package import FetchJobs

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// The state of a store and of a worker at one point in time.
package struct StoreSample: Sendable {
    var overview: StoreOverview
    /// The date at which the job was added that waits for the longest time. `nil` if no job waits.
    var oldest: Date?
    /// The counters of the worker. `nil` if there is none in this process.
    var worker: WorkerStatistics?

    /// The age of the job that waits for the longest time, in seconds. Zero if no job waits.
    var oldestAge: Double { oldest.map { max(overview.date.timeIntervalSince($0), 0) } ?? 0 }

    /// Reads a store.
    init(of store: any JobStore, _ worker: JobWorker?) async throws {
        overview = try await store.overview()
        // A page has the order of the numbers, and a job that is added later has a greater one.
        oldest = try await store.jobs(JobPage(.waiting, limit: 1)).first?.added
        self.worker = worker?.statistics
    }

    /// Creates a sample from its values.
    package init(_ overview: StoreOverview, oldest: Date?, worker: WorkerStatistics?) {
        self.overview = overview
        self.oldest = oldest
        self.worker = worker
    }
}
