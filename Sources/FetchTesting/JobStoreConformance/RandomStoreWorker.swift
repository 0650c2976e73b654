import FetchCore
import FetchJobs

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A worker of a random run, as it sees itself.
struct RandomStoreWorker {
    static let timeToLive: Duration = .seconds(60)
    static let limits = FetchLimits(requestsInFlight: 3)

    let id: WorkerID
    let endpoints: Set<EndpointName>

    /// The jobs that it knows. After a lost result it has leased others as well.
    var jobs: Set<StoredJobID> = []

    /// False for a worker that has stopped, but whose late writes may still arrive.
    var isRunning = true

    /// The date at which its time is over for the store, also if the result of the renewal was lost.
    var expiry: Date

    /// The date at which it stops by itself.
    private var ownEnd: Date

    /// The date of the latest fleet that it has received.
    private var fleetDate: Date?
    private var joined: [ProviderAccount: Date] = [:]
    private(set) var shares: [ProviderAccount: LimitShare] = [:]

    init(id: WorkerID, endpoints: Set<EndpointName>, at date: Date) {
        self.id = id
        self.endpoints = endpoints
        expiry = date.addingTimeInterval(Self.timeToLive.seconds)
        ownEnd = date.addingTimeInterval(Self.timeToLive.seconds * 0.9)
    }

    /// Stops using its shares if its time is over.
    mutating func stop(at date: Date) {
        if !isRunning || date >= ownEnd { shares = [:] }
    }

    /// Returns the report of a renewal.
    ///
    /// - Parameter account: Returns the account of a job.
    /// - Returns: The report.
    mutating func report(_ account: (StoredJobID) -> ProviderAccount?) -> FleetWorker {
        let counts = Dictionary(jobs.compactMap { id in account(id).map { ($0, 1) } }) { $0 + $1 }
        for account in joined.keys where counts[account] == nil { (joined[account], shares[account]) = (nil, nil) }
        return FleetWorker(id: id, endpoints: ["example": ["example.video"]], jobs: counts, appliedFleet: fleetDate)
    }

    /// Takes the fleet of a renewal that was sent at a date.
    mutating func receive(_ fleet: Fleet, of report: FleetWorker, sentAt date: Date) {
        ownEnd = date.addingTimeInterval(Self.timeToLive.seconds * 0.9)
        fleetDate = fleet.date
        for account in report.jobs.keys {
            let since = joined[account] ?? fleet.date
            joined[account] = since
            shares[account] = LimitShare(of: id, in: Self.limits, of: account, memberSince: since, fleet)
        }
    }
}
