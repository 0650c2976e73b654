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

    /// The providers whose latest lease had a limit of this pace.
    private var paced: Set<ProviderID> = []

    /// Returns the greatest number of jobs of a provider to lease at once.
    ///
    /// - Parameters:
    ///   - provider: The provider.
    ///   - lack: The number of jobs that the worker lacks of its parts of accounts.
    ///   - part: The number of jobs that these parts have.
    ///   - grows: False if more leases in a row don't have more jobs each.
    /// - Returns: The number, greater than zero.
    mutating func limit(of provider: ProviderID, lack: Int, part: Int, grows: Bool) -> Int {
        paced.insert(provider)
        let step = max(part / 16, Self.smallestStep)
        return max(lack, grows ? step << min(2 * fullLeases[provider, default: 0], 16) : step)
    }

    /// Notes a lease.
    ///
    /// - Parameters:
    ///   - provider: The provider.
    ///   - isFull: True if it had as many jobs as it could have.
    mutating func noteLease(from provider: ProviderID, isFull: Bool) {
        let isPaced = paced.remove(provider) != nil
        fullLeases[provider] = isPaced && isFull ? fullLeases[provider, default: 0] + 1 : nil
    }
}
