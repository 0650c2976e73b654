import FetchCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The jobs that a worker has leased and the shares that it has, a value without lock, clock and tasks.
///
/// Each event is one function, which returns the actions that follow. Times are durations on the timeline of the
/// worker's monotonic clock. Dates are those of the store.
struct WorkerState: Sendable {
    /// An account of which the worker has jobs, or which it has joined.
    struct AccountState: Sendable {
        /// The time at which the worker has leased the first job of the account. `nil` if it has joined the account
        /// since others have many of its jobs.
        let leased: Duration?
        /// The number of the account's jobs.
        var jobs = 0
        /// The time until which the worker is a member although it has no jobs.
        var memberUntil: Duration = .zero
        /// The members in the latest fleet.
        var members: [WorkerID] = []
        /// The jobs that wait for a share of the account's limits before they are polled, and when they were leased.
        var unpolled: [StoredJobID: (job: LeasedJob, time: Duration)] = [:]
        /// The date of the first fleet in which the worker was a member, without a gap since.
        var joined: Date?
        var share = LimitShare.none
        /// The worker's part of the jobs of the account in the latest fleet. `nil` if no other worker has one.
        var jobPart: Int?
        /// The number of jobs in a report that was sent a renewal interval ago, and when that was. Only as many count as
        /// too many, since the other workers may have leased as many since then, and not have reported them yet.
        var earlierReport: (jobs: Int, time: Duration)?
        /// The number of all jobs when some were given back, as long as those may be on their way to another worker. They
        /// are in no report until they are due and leased. At a time it is forgotten.
        var division: (jobs: Int, end: Duration)?

        var hasShare: Bool { share.limits != nil }
    }

    /// The greatest number of jobs of a provider that a worker without a share of any of its accounts leases at once.
    private static let firstLease = 64

    let id: WorkerID
    let settings: WorkerSettings

    var held = HeldJobs()
    var accounts: [ProviderAccount: AccountState] = [:]
    var writes = PendingWrites()
    /// The endpoints whose jobs this process can't poll.
    var leftEndpoints: Set<EndpointName> = []
    /// The error because of which the last of those was left.
    var reasonForLeaving: FetchError?
    /// The accounts whose jobs aren't leased before a time.
    var excluded: [ProviderAccount: Duration] = [:]
    /// The accounts that other workers poll, and this one may not.
    var others: AccountsOfOthers
    /// The pauses after a 429 that were reported.
    var reportedThrottles = ReportedPauses(every: .seconds(1))
    /// The pauses that were reported of accounts that can't be used.
    var reportedRefusals: ReportedPauses
    /// The date of the latest fleet, and the time at which it was received.
    var latestFleet: (date: Date, time: Duration)?
    /// The date of the latest fleet whose shares all requests in flight are within.
    var appliedFleet: Date?
    /// A date of the store, and the time at which it was received.
    var storeDate: (date: Date, time: Duration)?

    /// The time at which the worker next compares its leases with those of the store.
    private var nextReconciliation: Duration
    /// The comparison that is under way.
    private var reconciliation: LeaseReconciliation?
    private var isLeasing = false
    /// True if the fleet has changed so that others wait for the next renewal, or this worker does.
    var hasFleetChanged = false
    private var pace = LeasePace()
    /// True while there are jobs of a dead worker, of which this one takes all, whatever its part.
    var takesAll = false

    /// The counters since ``takeStatistics()`` was last called.
    var statistics = WorkerStatistics()

    /// - Parameters:
    ///   - id: The number of the worker.
    ///   - settings: The settings.
    ///   - time: The time of its registration.
    init(id: WorkerID, _ settings: WorkerSettings, at time: Duration) {
        self.id = id
        self.settings = settings
        reportedRefusals = ReportedPauses(every: settings.renewalInterval)
        others = AccountsOfOthers(searchingEvery: settings.timeToLive, from: time)
        nextReconciliation = time + settings.reconciliationInterval
        statistics.registrations = 1
    }

    /// True if there are ends to record or jobs to give back.
    var hasWrites: Bool { !writes.isEmpty }

    /// Returns the account of a job. `nil` if this process doesn't know its endpoint.
    func account(of job: HeldJob) -> ProviderAccount? {
        settings.provider(of: job.key.job.endpoint).map { ProviderAccount($0, job.key.account) }
    }

    func hasShare(of account: ProviderAccount) -> Bool { accounts[account]?.hasShare ?? false }

    /// Returns the endpoints of a provider whose jobs the worker can poll.
    func endpoints(of provider: ProviderID) -> Set<EndpointName> {
        settings.endpoints[provider, default: []].subtracting(leftEndpoints)
    }

    /// Returns the counters, and begins to count from zero.
    mutating func takeStatistics() -> WorkerStatistics {
        defer { statistics = WorkerStatistics() }
        return statistics
    }
}

// Leases.
extension WorkerState {
    /// The providers of which the worker can poll an endpoint, in order.
    ///
    /// - Throws: The error because of which the last one was left, if there are none.
    var providers: [ProviderID] {
        get throws(FetchError) {
            let providers = settings.endpoints.keys.filter { !endpoints(of: $0).isEmpty }
            if providers.isEmpty, let reasonForLeaving { throw reasonForLeaving }
            return providers.sorted { $0.rawValue < $1.rawValue }
        }
    }

    /// Returns the request for more jobs of a provider. `nil` if the worker has no room for any.
    mutating func leaseRequest(of provider: ProviderID, at time: Duration) -> LeaseRequest? {
        excluded = excluded.filter { $0.value > time }
        var limit = min(settings.leaseBatch, room)
        guard limit > 0 else { return nil }
        let accounts = accounts.filter { $0.key.provider == provider }
        // The jobs of an account without a share would wait until this worker has one, while others may poll them.
        let withoutShare = accounts.filter { !$0.value.hasShare }.keys
        let ofOthers = others.exclusions(of: provider, at: time).filter { !hasShare(of: $0) }
        let left = excluded.keys.filter { $0.provider == provider } + withoutShare + ofOthers
        if !accounts.contains(where: { $0.value.hasShare }) { limit = min(limit, Self.firstLease) }
        let parts = accounts.values.compactMap { state in state.jobPart.map { (part: $0, jobs: state.jobs) } }
        if !takesAll, !parts.isEmpty {
            let lack = parts.reduce(0) { $0 + max($1.part - $1.jobs, 0) }
            let part = parts.reduce(0) { $0 + $1.part }
            // The jobs that were given back are for the others, who may look for them later than this worker.
            let grows = accounts.values.allSatisfy { $0.division == nil }
            limit = min(limit, pace.limit(of: provider, lack: lack, part: part, grows: grows))
        }
        return LeaseRequest(
            provider,
            endpoints: endpoints(of: provider),
            excludedAccounts: Set(left.map(\.account)),
            limit: limit
        )
    }

    /// The number of jobs that the worker can lease beside those that it has.
    var room: Int { max(settings.maximumJobs - held.count, 0) }

    /// True if no other worker has a part of the jobs of this one's accounts.
    var isAlone: Bool { accounts.values.allSatisfy { $0.jobPart == nil } }

    /// Notes the jobs that a request had. If they are as many as there may be, there are probably more.
    mutating func noteLease(_ jobs: [LeasedJob], by request: LeaseRequest) {
        let afterDeaths = jobs.count { $0.stored.deaths > 0 }
        let isFull = jobs.count >= request.limit || afterDeaths >= LeaseRequest.maximumAfterDeaths
        pace.noteLease(from: request.provider, isFull: isFull)
        if !isFull { takesAll = false }
    }

    /// Returns true if no other call leases jobs at the moment.
    mutating func beginsLeasing() -> Bool {
        defer { isLeasing = true }
        return !isLeasing
    }

    mutating func endsLeasing() { isLeasing = false }

    /// Takes jobs that the worker has leased. Those that it knows are ignored.
    mutating func take(_ jobs: [LeasedJob], at time: Duration) -> [WorkerAction] {
        // If the worker has just given a job back, the confirmation of that comes after the lease of the same job.
        if jobs.contains(where: { writes.contains($0.id) }) { leaseWasLost() }
        for job in jobs { reconciliation?.present.insert(job.id) }
        var actions: [WorkerAction] = []
        for job in jobs where !held.contains(job.id) {
            storeDate = (job.date, time)
            statistics.leasedJobs += 1
            let present = HeldJob(key: PolledKey(job.stored.job), deadline: job.stored.deadline)
            if let account = account(of: present), leavesToOthers(account, at: time) {
                writes.append(ReturnedJob(job.id))
                continue
            }
            held.insert(job.id, present)
            guard let account = account(of: present) else {
                writes.append(ReturnedJob(job.id))
                continue
            }
            accounts[account, default: AccountState(leased: time)].jobs += 1
            guard hasShare(of: account) else {
                accounts[account]?.unpolled[job.id] = (job, time)
                continue
            }
            held.setPolled(job.id, true)
            actions.append(.poll(job))
        }
        return actions
    }

    /// Polls the jobs of an account that have waited for a share, apart from those that have been given back since.
    mutating func pollWaiting(of account: ProviderAccount, at time: Duration) -> [WorkerAction] {
        let jobs = accounts[account]?.unpolled ?? [:]
        accounts[account]?.unpolled = [:]
        return jobs.sorted { $0.key < $1.key }.compactMap { id, leased in
            guard !writes.contains(id) else { return nil }
            held.setPolled(id, true)
            var job = leased.job
            job.date.addTimeInterval((time - leased.time).seconds)
            return .poll(job)
        }
    }

    /// Forgets a job.
    mutating func drop(_ id: StoredJobID) -> [WorkerAction] {
        reconciliation?.dropped.insert(id)
        writes.remove(id)
        guard let job = held.remove(id) else { return [] }
        if let account = account(of: job) {
            accounts[account]?.jobs -= 1
            accounts[account]?.unpolled[id] = nil
        }
        return job.isPolled && !held.isPolled(job.key) ? [.stopPolling(job.key)] : []
    }

    /// Notes that a job is to be given back, and stops polling it.
    mutating func giveBack(_ returned: ReturnedJob) -> [WorkerAction] {
        guard let job = held[returned.id] else { return [] }
        writes.append(returned)
        held.setPolled(returned.id, false)
        return job.isPolled && !held.isPolled(job.key) ? [.stopPolling(job.key)] : []
    }
}

// Comparison with the leases of the store.
extension WorkerState {
    /// Notes that a result of the store was lost, and with it jobs that the worker may have leased or no longer have.
    mutating func leaseWasLost() { nextReconciliation = .zero }

    /// Returns true, and begins, if it is time to compare the leases with those of the store.
    mutating func beginsReconciliation(at time: Duration) -> Bool {
        guard nextReconciliation <= time else { return false }
        reportedRefusals = ReportedPauses(every: settings.renewalInterval)
        nextReconciliation = time + settings.reconciliationInterval
        reconciliation = LeaseReconciliation()
        return true
    }

    /// Takes a page of the worker's leases in the store.
    mutating func take(listed jobs: [LeasedJob], at time: Duration) -> [WorkerAction] {
        let dropped = reconciliation?.dropped ?? []
        return take(jobs.filter { !dropped.contains($0.id) && !writes.contains($0.id) }, at: time)
    }

    /// Drops the jobs that the store has given to others or ended, when all pages were taken.
    mutating func endReconciliation() -> [WorkerAction] {
        guard let present = reconciliation?.present else { return [] }
        reconciliation = nil
        return held.ids { id, _ in !present.contains(id) && !writes.contains(id) }.sorted().flatMap { drop($0) }
    }
}
