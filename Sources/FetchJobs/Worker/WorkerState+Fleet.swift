import FetchCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

// Renewals, shares and pauses.
extension WorkerState {
    /// Returns the report of a renewal that is sent now.
    ///
    /// A fleet is applied when the requests in flight of each account are within the share. Requests that have begun
    /// before the share has shrunk count, so that no newcomer begins others beside them.
    ///
    /// The jobs of an account are reported from the first fleet on that came after they were leased. So a worker that
    /// becomes a member has applied a fleet with all the others, who therefore keep their shares.
    ///
    /// - Parameters:
    ///   - time: The current time.
    ///   - requestsInFlight: Returns the number of an account's requests in flight.
    /// - Returns: The report.
    mutating func report(at time: Duration, _ requestsInFlight: (ProviderAccount) -> Int) -> FleetWorker {
        hasFleetChanged = false
        for (account, state) in accounts where state.jobs == 0 && state.memberUntil <= time {
            if requestsInFlight(account) == 0 { accounts[account] = nil }
        }
        if accounts.allSatisfy({ requestsInFlight($0.key) <= $0.value.share.requestsInFlight }) {
            appliedFleet = latestFleet?.date
        }
        return FleetWorker(
            id: id,
            endpoints: Dictionary(uniqueKeysWithValues: settings.endpoints.keys.map { ($0, endpoints(of: $0)) }),
            jobs: accounts.filter { isAnnounced($0.value) }.mapValues(\.jobs),
            shares: Set(accounts.filter { $0.value.hasShare }.keys),
            room: room,
            appliedFleet: appliedFleet
        )
    }

    /// Returns true if a renewal lets this worker or another poll sooner: as soon as possible for an account of which
    /// the worker isn't a member yet, or if the fleet has changed, and five times as often as otherwise while it waits
    /// for a share.
    func renewsEarly(at time: Duration) -> Bool {
        let isPatient = latestFleet.map { time < $0.time + settings.renewalInterval / 5 } ?? false
        return hasFleetChanged
            || accounts.values.contains { state in
                let isWaiting = !state.hasShare && (state.jobs > 0 || state.memberUntil > time)
                return isWaiting && (state.joined == nil || !isPatient)
            }
    }

    /// Takes the fleet of a renewal.
    ///
    /// - Parameters:
    ///   - fleet: The fleet.
    ///   - report: The report of that renewal.
    ///   - time: The current time.
    /// - Returns: The limits to set, and the jobs to poll or to leave.
    mutating func renewed(_ fleet: Fleet, reporting report: FleetWorker, at time: Duration) -> [WorkerAction] {
        statistics.renewals += 1
        latestFleet = (fleet.date, time)
        storeDate = (fleet.date, time)
        reportedThrottles.forget(at: time)
        reportedRefusals.forget(at: time)
        takeAccounts(of: fleet, at: time)
        var actions: [WorkerAction] = []
        for account in accounts.keys.sorted(by: { "\($0)" < "\($1)" }) where report.jobs[account] != nil {
            if accounts[account]?.joined == nil { accounts[account]?.joined = fleet.date }
            actions += applyShare(of: account, fleet, at: time)
        }
        for pause in fleet.pauses { actions += obey(pause, fleet, at: time) }
        return actions
    }

    /// Notes that the result of a renewal was lost, or took too long.
    mutating func renewalWasLost() { statistics.lostRenewals += 1 }

    private func isAnnounced(_ account: AccountState) -> Bool {
        guard account.joined == nil, let leased = account.leased else { return true }
        return latestFleet.map { $0.time > leased } ?? false
    }

    private mutating func applyShare(of account: ProviderAccount, _ fleet: Fleet, at time: Duration) -> [WorkerAction] {
        guard let state = accounts[account], let joined = state.joined else { return [] }
        let limits = settings.limits(account.provider)
        let share = LimitShare(of: id, in: limits, of: account, memberSince: joined, fleet)
        let members = fleet.members(of: account).map(\.id)
        accounts[account]?.share = share
        accounts[account]?.members = members
        guard let part = share.limits else {
            // More members than requests: others have a share, and this worker will have none for long.
            if members.count > max(limits.requestsInFlight, 1) {
                accounts[account]?.memberUntil = .zero
                return leave(account, for: settings.timeToLive, at: time)
            }
            guard state.jobs > 0, state.hasShare || others.contains(account) else { return [] }
            accounts[account]?.memberUntil = time + settings.timeToLive * 2
            return leave(account, for: settings.renewalInterval, at: time)
        }
        if !state.hasShare {
            excluded[account] = nil
            hasFleetChanged = true
            // The others give jobs back now, which are due within a minute or so.
            accounts[account]?.memberUntil = time + max(settings.timeToLive * 2, .seconds(120))
        }
        // Newcomers wait until this worker has applied a fleet with them.
        if !Set(members).isSubset(of: state.members + [id]) { hasFleetChanged = true }
        var actions: [WorkerAction] = share == state.share ? [] : [.setLimits(account, part)]
        actions += divideJobs(of: account, fleet, at: time)
        return actions + pollWaiting(of: account, at: time)
    }

    /// The time after which jobs that were given back have surely been leased, if others can lease them.
    private static let longestTransit = Duration.seconds(600)

    /// Notes the worker's part of the jobs of an account. If it has long had more than that by a quarter, it gives back
    /// those beyond its part, of the latest deadlines first, as many as the others have room for.
    private mutating func divideJobs(
        of account: ProviderAccount,
        _ fleet: Fleet,
        at time: Duration
    ) -> [WorkerAction] {
        guard let state = accounts[account] else { return [] }
        let takers = takers(of: account, fleet)
        let reported = fleet.workers.first { $0.id == id }?.jobs[account] ?? 0
        var sum = takers.reduce(reported) { $0 + $1.jobs[account, default: 0] }
        if let division = state.division {
            let isOver = time >= division.end || sum >= division.jobs * 9 / 10
            if isOver { accounts[account]?.division = nil }
            sum = isOver ? sum : division.jobs
        }
        let part = (sum + takers.count) / (takers.count + 1)
        accounts[account]?.jobPart = takers.isEmpty ? nil : part
        if state.earlierReport.map({ time >= $0.time + settings.renewalInterval * 3 / 4 }) ?? true {
            accounts[account]?.earlierReport = (reported, time)
        }
        let count = min(state.jobs, state.earlierReport?.jobs ?? 0)
        guard Self.isSurplus(count, of: sum, among: takers.count + 1) else { return [] }
        let jobs = unendedJobs(of: account)
        // A worker that doesn't say what room it has takes any number.
        let room = takers.reduce(0) { $0 + min($1.room ?? jobs.count, jobs.count) }
        let surplus = min(count, jobs.count) - part
        guard surplus > 0, Self.isSurplus(jobs.count, of: sum, among: takers.count + 1) else { return [] }
        excluded[account] = time + settings.renewalInterval
        accounts[account]?.division = (sum, time + Self.longestTransit)
        let latest = jobs.map { (held[$0]?.deadline ?? .distantPast, $0) }.sorted(by: >).map(\.1)
        return latest.prefix(min(surplus, room)).flatMap { giveBack(ReturnedJob($0)) }
    }

    /// Returns the other workers that take jobs of an account which this one gives back: those that have a share and
    /// room, and can poll all endpoints of this one. One that has applied no fleet for long may have died.
    private func takers(of account: ProviderAccount, _ fleet: Fleet) -> [FleetWorker] {
        let endpoints = endpoints(of: account.provider)
        let recently = fleet.date.addingTimeInterval(-(settings.renewalInterval * 3).seconds)
        return fleet.workers.filter { worker in
            worker.id != id && worker.shares.contains(account) && !worker.isFull
                && worker.appliedFleet.map { $0 >= recently } ?? false
                && worker.canPoll(endpoints, of: account.provider)
        }
    }

    /// Gives back all jobs of an account, and leases no others for a time.
    mutating func leave(_ account: ProviderAccount, for duration: Duration, at time: Duration) -> [WorkerAction] {
        excluded[account] = time + duration
        return unendedJobs(of: account).sorted().flatMap { giveBack(ReturnedJob($0)) }
    }

    /// Returns the jobs of an account that have no end and aren't given back, in no order.
    private func unendedJobs(of account: ProviderAccount) -> [StoredJobID] {
        held.ids { id, job in self.account(of: job) == account && !writes.contains(id) }
    }

    /// Stops the requests of a paused account. If the pause is long, other work takes the place of its jobs.
    private mutating func obey(_ pause: AccountPause, _ fleet: Fleet, at time: Duration) -> [WorkerAction] {
        guard accounts[pause.account] != nil else { return [] }
        let rest = pause.end.map { Duration.seconds($0.timeIntervalSince(fleet.date)) }
        if let rest, rest <= settings.timeToLive { return [.pauseClient(pause.account, rest)] }
        return leave(pause.account, for: settings.renewalInterval, at: time)
    }

    /// Takes a pause that the client has begun after a 429, for the other workers to obey. Of an account, one is
    /// reported each second.
    mutating func throttled(_ throttle: ProviderThrottle, at time: Duration) -> [WorkerAction] {
        let account = ProviderAccount(throttle.provider, throttle.account)
        guard throttle.pause > .zero, accounts[account] != nil, reportedThrottles.report(account, at: time) else {
            return []
        }
        statistics.reportedPauses += 1
        return [.pauseAccount(account, throttle.pause, reason: "the provider limits the request rate")]
    }
}
