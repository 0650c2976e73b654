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
            accounts[account]?.memberUntil = time + settings.timeToLive / 2
        }
        // Newcomers wait until this worker has applied a fleet with them.
        if !Set(members).isSubset(of: state.members + [id]) { hasFleetChanged = true }
        var actions: [WorkerAction] = share == state.share ? [] : [.setLimits(account, part)]
        actions += divideJobs(of: account, fleet, at: time)
        return actions + pollWaiting(of: account, at: time)
    }

    /// Notes the worker's part of the jobs of an account, and gives back those beyond it, of the latest deadlines first.
    ///
    /// The other workers with a part are those that have a share, and can poll all endpoints of this one: no other
    /// could take every job.
    private mutating func divideJobs(
        of account: ProviderAccount,
        _ fleet: Fleet,
        at time: Duration
    ) -> [WorkerAction] {
        let endpoints = endpoints(of: account.provider)
        let able = fleet.workers.filter {
            $0.id == id || $0.shares.contains(account) && $0.canPoll(endpoints, of: account.provider)
        }
        let sum = able.reduce(0) { $0 + $1.jobs[account, default: 0] }
        let part = (sum + able.count - 1) / max(able.count, 1)
        let reported = able.first { $0.id == id }?.jobs[account] ?? 0
        let settled = min(accounts[account]?.jobs ?? 0, accounts[account]?.earlierJobs ?? 0)
        accounts[account]?.part = able.count > 1 ? part : nil
        accounts[account]?.earlierJobs = reported
        guard Self.isSurplus(settled, of: sum, among: able.count) else { return [] }
        let jobs = unendedJobs(of: account)
        guard Self.isSurplus(jobs.count, of: sum, among: able.count) else { return [] }
        excluded[account] = time + settings.renewalInterval
        let surplus = jobs.map { (held[$0]?.deadline ?? .distantPast, $0) }.sorted(by: >).map(\.1)
        return surplus.prefix(jobs.count - part).flatMap { giveBack(ReturnedJob($0)) }
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
