#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A job that a store waits for, with the dates of the store's clock.
///
///     new → waiting               it is added
///     waiting → leased            it is due, and a worker leases it
///     leased → waiting            its worker gives it back, or is dead
///     leased → parked             its error needs a person, or too many workers have died with it
///     parked → waiting            a person lets it be leased again
///     leased → ended              its worker records its end, or it is cancelled
///     waiting, parked → ended     it is cancelled, or its deadline has passed
///     ended → delivered           a reader has acknowledged its outcome
public struct StoredJob: Sendable, Hashable, Codable, Identifiable {
    /// The number of the job.
    public let id: StoredJobID

    /// The job as it was added.
    public var job: DurableJob

    /// The date at which it was added.
    public var added: Date

    /// The date of its deadline.
    public var deadline: Date

    /// The date before which no worker leases it.
    public var notBefore: Date

    /// The date of the last request before the job was given back. `nil` if no worker has given it back after one.
    public var lastRequest: Date?

    /// The number of workers that have died with it.
    public var deaths: Int

    /// The reason for which no worker may lease it. `nil` if one may.
    public var parkedReason: String?

    /// The worker that has leased it. `nil` if none has.
    public var worker: WorkerID?

    /// Creates a job that was added at a date, and that a worker may lease at once.
    ///
    /// - Parameters:
    ///   - id: The number of the job.
    ///   - job: The job as it was added.
    ///   - date: The date of the store's clock.
    public init(id: StoredJobID, _ job: DurableJob, addedAt date: Date) {
        self.id = id
        self.job = job
        added = date
        deadline = job.deadline(addedAt: date)
        notBefore = date
        deaths = 0
    }
}
