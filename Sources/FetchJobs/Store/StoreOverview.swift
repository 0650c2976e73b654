#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The state of a store at a glance. No number in it needs a table to be counted.
public struct StoreOverview: Sendable, Hashable, Codable {
    /// The date of the store's clock.
    public var date: Date

    /// The number of jobs that are waited for. A store may estimate it.
    public var waitingJobs: Int

    /// The number of outcomes that aren't delivered yet. A store may estimate it.
    public var undeliveredOutcomes: Int

    /// True if the numbers are estimates.
    public var isEstimate: Bool

    /// The workers that aren't dead, with their numbers of jobs, and the pauses of accounts.
    public var fleet: Fleet

    /// Creates an overview.
    ///
    /// - Parameters:
    ///   - date: The date of the store's clock.
    ///   - waitingJobs: The number of jobs that are waited for.
    ///   - undeliveredOutcomes: The number of outcomes that aren't delivered yet.
    ///   - isEstimate: True if the numbers are estimates.
    ///   - fleet: The workers and the pauses.
    public init(at date: Date, waitingJobs: Int, undeliveredOutcomes: Int, isEstimate: Bool, fleet: Fleet) {
        self.date = date
        self.waitingJobs = waitingJobs
        self.undeliveredOutcomes = undeliveredOutcomes
        self.isEstimate = isEstimate
        self.fleet = fleet
    }
}
