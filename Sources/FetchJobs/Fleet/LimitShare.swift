public import FetchCore

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The part of an account's limits that one worker of a fleet may use.
///
/// Of a limit of `L` requests in flight, each of `n` members has `⌊L/n⌋`, and the first `L mod n` of them one more. Of
/// a rate each has the nth part. The sum of all shares never exceeds the limit, not even while workers come and go:
///
/// - A worker's share is zero until each other member has applied a fleet that is later than the first one in which
///   the worker is a member. So each worker with a share counts all the others with a share as members. A fleet is
///   applied when no more requests are in flight than its share allows.
/// - A share only shrinks if the number of members grows. So no worker's share is greater than it would be among those
///   with a share alone, and the shares of those add up to the limit.
public struct LimitShare: Sendable, Hashable {
    /// The number of concurrent requests that the worker may have. Zero if it may send none.
    public var requestsInFlight: Int

    /// The number of requests per second that the worker may begin. `nil` if there is no limit.
    public var requestsPerSecond: Double?

    /// The share of a worker that may send nothing.
    public static let none = Self(requestsInFlight: 0, requestsPerSecond: nil)

    private init(requestsInFlight: Int, requestsPerSecond: Double?) {
        self.requestsInFlight = requestsInFlight
        self.requestsPerSecond = requestsPerSecond
    }

    /// Returns the share of a worker.
    ///
    /// - Parameters:
    ///   - worker: The worker.
    ///   - limits: The limits of the account for all workers together. A number of requests in flight below one counts
    ///     as one.
    ///   - account: The account.
    ///   - joined: The date of the first fleet in which the worker was a member of the account, without a gap since.
    ///   - fleet: The fleet of the worker's latest renewal.
    public init(
        of worker: WorkerID,
        in limits: FetchLimits,
        of account: ProviderAccount,
        memberSince joined: Date,
        _ fleet: Fleet
    ) {
        let members = fleet.members(of: account)
        guard let rank = members.firstIndex(where: { $0.id == worker }) else {
            self = .none
            return
        }
        let isKnownToAll = members.allSatisfy { member in
            member.id == worker || member.appliedFleet.map { $0 > joined } ?? false
        }
        guard isKnownToAll else {
            self = .none
            return
        }
        let limit = max(limits.requestsInFlight, 1)
        let rate = limits.requestsPerSecond.flatMap { $0 > 0 ? $0 / Double(members.count) : nil }
        self.init(
            requestsInFlight: limit / members.count + (rank < limit % members.count ? 1 : 0),
            requestsPerSecond: rate
        )
    }

    /// The share as the limits of a client. `nil` for a share of zero.
    public var limits: FetchLimits? {
        guard requestsInFlight > 0 else { return nil }
        return FetchLimits(requestsInFlight: requestsInFlight, requestsPerSecond: requestsPerSecond)
    }
}
