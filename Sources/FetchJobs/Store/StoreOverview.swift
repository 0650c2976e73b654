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

    /// The number of those that are parked, which is never estimated, and counted up to ``greatestParkedJobs``.
    public var parkedJobs: Int

    /// The number of outcomes that aren't delivered yet. A store may estimate it.
    public var undeliveredOutcomes: Int

    /// True if the numbers of waiting jobs and of outcomes are estimates.
    public var isEstimate: Bool

    /// The workers that aren't dead, with their numbers of jobs, and the pauses of accounts.
    public var fleet: Fleet

    /// The number at which counting parked jobs ends: 10,000.
    public static let greatestParkedJobs = 10_000

    /// Creates an overview.
    ///
    /// - Parameters:
    ///   - date: The date of the store's clock.
    ///   - waitingJobs: The number of jobs that are waited for.
    ///   - parkedJobs: The number of those that are parked.
    ///   - undeliveredOutcomes: The number of outcomes that aren't delivered yet.
    ///   - isEstimate: True if the numbers are estimates.
    ///   - fleet: The workers and the pauses.
    public init(
        at date: Date,
        waitingJobs: Int,
        parkedJobs: Int,
        undeliveredOutcomes: Int,
        isEstimate: Bool,
        fleet: Fleet
    ) {
        self.date = date
        self.waitingJobs = waitingJobs
        self.parkedJobs = parkedJobs
        self.undeliveredOutcomes = undeliveredOutcomes
        self.isEstimate = isEstimate
        self.fleet = fleet
    }
}
