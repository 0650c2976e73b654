import FetchCore

/// The numbers of jobs that a worker of a fleet leases at once.
///
/// A worker that takes all jobs that are due has more than its part of them, and gives the rest back at its next renewal,
/// for another one to take as many. So a worker leases as many at once as its part lacks. If it has its part, it leases a
/// few, so that the others come first, and each time four times as many while there are more.
struct LeasePace: Sendable {
    private static let smallestStep = 8

    /// The number of leases in a row that were as large as they could be.
    private var fullLeases: [ProviderID: Int] = [:]

    /// Returns the greatest number of jobs of a provider to lease at once.
    ///
    /// - Parameters:
    ///   - provider: The provider.
    ///   - jobs: The number of its jobs that the worker has.
    ///   - part: The worker's part of all its jobs.
    /// - Returns: The number, greater than zero.
    func limit(of provider: ProviderID, jobs: Int, part: Int) -> Int {
        let step = max(part / 16, Self.smallestStep) << min(2 * fullLeases[provider, default: 0], 16)
        return max(part - jobs, step)
    }

    /// Notes the number of jobs that a lease had.
    mutating func leased(_ jobs: Int, of limit: Int, from provider: ProviderID) {
        fullLeases[provider] = jobs < limit ? nil : fullLeases[provider, default: 0] + 1
    }
}
