public import FetchCore

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A worker that isn't dead, as it has reported itself with its latest renewal.
public struct FleetWorker: Sendable, Hashable, Identifiable {
    /// The number of the worker.
    public let id: WorkerID

    /// The endpoints of each provider whose jobs it leases.
    public var endpoints: [ProviderID: Set<EndpointName>]

    /// The number of jobs that it has leased of each account. It is a member of these accounts: the others leave room
    /// for it. An account with zero jobs is one that the worker has joined, and of which it leases jobs once it has a
    /// share.
    public var jobs: [ProviderAccount: Int]

    /// The accounts of which it has a share.
    public var shares: Set<ProviderAccount>

    /// The number of jobs that it can lease beside those that it has. `nil` if it doesn't say.
    public var room: Int?

    /// The ``Fleet/date`` of the latest fleet whose shares the worker had applied when it sent its latest renewal: no
    /// more requests were in flight than they allow. `nil` if it had applied none.
    public var appliedFleet: Date?

    /// Creates the report of a worker.
    ///
    /// - Parameters:
    ///   - id: The number of the worker.
    ///   - endpoints: The endpoints of each provider whose jobs it leases. Defaults to none.
    ///   - jobs: The number of jobs that it has leased of each account of which it is a member. Defaults to none.
    ///   - shares: The accounts of which it has a share. Defaults to none.
    ///   - room: The number of jobs that it can still lease. Defaults to unknown.
    ///   - appliedFleet: The date of the latest fleet that it has applied. Defaults to none.
    public init(
        id: WorkerID,
        endpoints: [ProviderID: Set<EndpointName>] = [:],
        jobs: [ProviderAccount: Int] = [:],
        shares: Set<ProviderAccount> = [],
        room: Int? = nil,
        appliedFleet: Date? = nil
    ) {
        self.id = id
        self.endpoints = endpoints
        self.jobs = jobs
        self.shares = shares
        self.room = room
        self.appliedFleet = appliedFleet
    }

    /// True if it has no room for another job.
    var isFull: Bool { room.map { $0 <= 0 } ?? false }

    /// Returns true if the worker leases the jobs of all endpoints of a provider that are given.
    func canPoll(_ names: Set<EndpointName>, of provider: ProviderID) -> Bool {
        endpoints[provider, default: []].isSuperset(of: names)
    }
}

extension FleetWorker: Codable {
    private enum CodingKeys: String, CodingKey {
        case id, endpoints, jobs, room, appliedFleet
    }

    private struct Membership: Codable {
        let account: ProviderAccount
        let jobs: Int
        /// `nil` if there is no share.
        let hasShare: Bool?
    }

    /// Decodes the report of a worker.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let memberships = try container.decode([Membership].self, forKey: .jobs)
        let endpoints = try container.decode([String: [String]].self, forKey: .endpoints)
        self.init(
            id: try container.decode(WorkerID.self, forKey: .id),
            endpoints: Dictionary(
                uniqueKeysWithValues: endpoints.compactMap { provider, names in
                    ProviderID(rawValue: provider).map { ($0, Set(names.compactMap(EndpointName.init(rawValue:)))) }
                }
            ),
            jobs: Dictionary(memberships.map { ($0.account, $0.jobs) }) { one, other in one + other },
            shares: Set(memberships.filter { $0.hasShare == true }.map(\.account)),
            room: try container.decodeIfPresent(Int.self, forKey: .room),
            appliedFleet: try container.decodeIfPresent(Date.self, forKey: .appliedFleet)
        )
    }

    /// Encodes the report as an object. The endpoints and the accounts are sorted, so that equal reports have one form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        let names = endpoints.map { ($0.key.rawValue, $0.value.map(\.rawValue).sorted()) }
        try container.encode(Dictionary(uniqueKeysWithValues: names), forKey: .endpoints)
        let memberships = jobs.map { account, jobs in
            Membership(account: account, jobs: jobs, hasShare: shares.contains(account) ? true : nil)
        }
        try container.encode(memberships.sorted { "\($0.account)" < "\($1.account)" }, forKey: .jobs)
        try container.encodeIfPresent(room, forKey: .room)
        try container.encodeIfPresent(appliedFleet, forKey: .appliedFleet)
    }
}
