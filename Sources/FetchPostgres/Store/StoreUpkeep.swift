import FetchCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A store's knowledge of its last calls, which makes the next ones cheaper.
struct StoreUpkeep: Sendable {
    /// The time between two looks at the partitions of outcomes.
    private static let interval: Duration = .seconds(1_800)

    private var lastLook: ContinuousClock.Instant?

    /// The part of the deliveries that has to be read.
    var deliveries = ScanWindow()

    /// The knowledge of the available jobs, for each set of endpoints.
    private var jobs: [Set<EndpointName>: LeaseScan] = [:]

    /// The knowledge of the available jobs of a set of endpoints.
    subscript(endpoints: Set<EndpointName>) -> LeaseScan {
        get { jobs[endpoints] ?? LeaseScan() }
        set {
            // A process has few sets. One that makes them up reads everything.
            if jobs.count < 64 || jobs[endpoints] != nil { jobs[endpoints] = newValue }
        }
    }

    private var lastRenewal: Int64 = 0

    /// Numbers a renewal.
    ///
    /// - Parameter date: The date of the machine. It orders the renewals of several stores in a process.
    /// - Returns: A number that is greater than that of each renewal before.
    mutating func nextRenewal(at date: Date) -> Int64 {
        lastRenewal = max(lastRenewal + 1, Int64(date.timeIntervalSince1970 * 1e6))
        return lastRenewal
    }

    /// Forgets what is known of the available jobs.
    mutating func forgetJobs() { jobs = [:] }

    /// Returns true if the partitions of outcomes are due for a look, and notes it.
    mutating func takesCareOfDays(at now: ContinuousClock.Instant) -> Bool {
        if let lastLook, lastLook.duration(to: now) < Self.interval { return false }
        lastLook = now
        return true
    }
}
