#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A job that a worker has leased.
public struct LeasedJob: Sendable, Hashable, Codable, Identifiable {
    /// The job as it is in the store.
    public var stored: StoredJob

    /// The date of the store's clock at which this was read. The worker compares the other dates with it, so that its
    /// own wall clock doesn't matter.
    public var date: Date

    /// The number of the job.
    public var id: StoredJobID { stored.id }

    /// Creates a leased job.
    ///
    /// - Parameters:
    ///   - stored: The job as it is in the store.
    ///   - date: The date of the store's clock.
    public init(_ stored: StoredJob, at date: Date) {
        self.stored = stored
        self.date = date
    }
}
