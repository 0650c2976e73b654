#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The workers of a store and the pauses of accounts, as a renewal finds them.
public struct Fleet: Sendable, Hashable, Codable {
    /// The date of the store's clock at which the renewal read the fleet: not later than the first row that it read.
    public var date: Date

    /// All workers that aren't dead, the one that renews included, in the order of their numbers.
    public var workers: [FleetWorker]

    /// The pauses that aren't over.
    public var pauses: [AccountPause]

    /// Creates a fleet.
    ///
    /// - Parameters:
    ///   - date: The date of the store's clock.
    ///   - workers: All workers that aren't dead.
    ///   - pauses: The pauses that aren't over. Defaults to none.
    public init(at date: Date, workers: [FleetWorker], pauses: [AccountPause] = []) {
        self.date = date
        self.workers = workers.sorted { $0.id < $1.id }
        self.pauses = pauses
    }

    /// Returns the workers that are members of an account, in the order of their numbers: those that have reported jobs
    /// of it, and those that have joined it.
    public func members(of account: ProviderAccount) -> [FleetWorker] {
        workers.filter { $0.jobs[account] != nil }
    }
}
