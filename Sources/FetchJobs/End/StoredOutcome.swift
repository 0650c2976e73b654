public import FetchCore

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The outcome of a job, as a store keeps and delivers it. It is recorded exactly once, and its id never changes.
public struct StoredOutcome: Sendable, Equatable, Codable, Identifiable {
    /// The number of the job.
    public let id: StoredJobID

    /// The job as it was added, with its note.
    public var job: DurableJob

    /// The end of the job.
    public var end: JobEnd

    /// The date of the store's clock at which it was recorded.
    public var date: Date

    /// The worker that has recorded it. `nil` if none has: the job was cancelled, or its deadline passed without one.
    public var worker: WorkerID?

    /// The note of the job. `nil` if it has none.
    public var note: JSONValue? { job.note }

    /// Creates an outcome.
    ///
    /// - Parameters:
    ///   - id: The number of the job.
    ///   - job: The job as it was added.
    ///   - end: The end of the job.
    ///   - date: The date of the store's clock.
    ///   - worker: The worker that records it. Defaults to none.
    public init(id: StoredJobID, _ job: DurableJob, _ end: JobEnd, at date: Date, by worker: WorkerID? = nil) {
        self.id = id
        self.job = job
        self.end = end
        self.date = date
        self.worker = worker
    }
}

extension StoredOutcome: CustomStringConvertible {
    /// The job and the kind of its end, on one line.
    public var description: String { "\(job.job) \(end.kind.rawValue)" }
}
