import FetchCore

// Accounts of which other workers have a share, and this one hasn't.
//
// Before a worker has a share, it may have to wait until a dead member is declared dead. The jobs of the account would
// wait with it. So it leaves them to those who have a share, and joins the account without jobs if that is worth it.
extension WorkerState {
    /// Returns true if a job of an account that was leased should be given back for another worker to lease.
    mutating func leavesToOthers(_ account: ProviderAccount, at time: Duration) -> Bool {
        guard !hasShare(of: account), others.contains(account) else { return false }
        excluded[account] = time + settings.renewalInterval
        if others.find(account, at: time) { join(account, at: time) }
        return true
    }

    /// Takes the accounts of others in a new fleet, and joins those of which one has more than its part.
    mutating func takeAccounts(of fleet: Fleet, at time: Duration) {
        var loads: [ProviderAccount: (jobs: Int, most: Int, members: Int)] = [:]
        var shared: Set<ProviderAccount> = []
        for worker in fleet.workers where worker.id != id {
            for (account, jobs) in worker.jobs {
                var load = loads[account] ?? (0, 0, 0)
                defer { loads[account] = load }
                load = (load.jobs + jobs, load.most, load.members + 1)
                let own = endpoints(of: account.provider)
                guard worker.shares.contains(account), !own.isEmpty else { continue }
                if worker.canPoll(own, of: account.provider) { shared.insert(account) }
                // It gives its jobs back only to workers that can poll all of them.
                let givesBack = own.isSuperset(of: worker.endpoints[account.provider, default: []])
                if givesBack { load.most = max(load.most, jobs) }
            }
        }
        others.update(shared, at: time)
        guard room > 0 else { return }
        for (account, load) in loads where accounts[account] == nil && excluded[account, default: .zero] <= time {
            // Of several workers that could join at once, those with the lowest numbers do.
            let own = endpoints(of: account.provider)
            let before = fleet.workers.count { worker in
                worker.id < id && worker.jobs[account] == nil && !worker.isFull
                    && worker.canPoll(own, of: account.provider)
            }
            let limit = max(settings.limits(account.provider).requestsInFlight, 1)
            if load.members + before < limit, Self.isSurplus(load.most, of: load.jobs, among: load.members + 1) {
                join(account, at: time)
            }
        }
    }

    /// Joins an account without jobs: the others leave room for this worker, and it leases jobs when it has a share.
    private mutating func join(_ account: ProviderAccount, at time: Duration) {
        accounts[account, default: AccountState(leased: nil)].memberUntil = time + settings.timeToLive * 2
    }

    /// Returns true if a worker has more than its part of the jobs of an account, by more than a quarter.
    static func isSurplus(_ count: Int, of jobs: Int, among workers: Int) -> Bool {
        workers > 1 && Double(count) > 1.25 * Double(jobs) / Double(workers) + 1
    }
}
