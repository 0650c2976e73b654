import FetchCore

/// The accounts of which other workers have a share, so that a worker without one leaves their jobs to those.
///
/// From time to time a worker leases such jobs all the same. If it finds some of an account twice, the others don't
/// take them, for example since they are full, and it joins the account.
struct AccountsOfOthers: Sendable {
    /// The greatest number of accounts that a request for jobs excludes.
    private static let maximumCount = 1_000

    /// The time between two searches for jobs that the others don't take.
    private let interval: Duration
    private var accounts: Set<ProviderAccount> = []
    private let start: Duration
    private var searches: [ProviderID: Duration] = [:]
    /// The accounts of which a search has found jobs, and when it did so first.
    private var found: [ProviderAccount: Duration] = [:]

    init(searchingEvery interval: Duration, from time: Duration) {
        (self.interval, start) = (interval, time)
    }

    /// Takes the accounts of which others have a share in a new fleet. Of too many, the rest is left out.
    mutating func update(_ accounts: Set<ProviderAccount>, at time: Duration) {
        self.accounts = accounts.count <= Self.maximumCount ? accounts : Set(accounts.prefix(Self.maximumCount))
        found = found.filter { accounts.contains($0.key) && time - $0.value < interval * 3 }
    }

    func contains(_ account: ProviderAccount) -> Bool { accounts.contains(account) }

    /// Returns the accounts of a provider whose jobs aren't leased now: all, or none if it is time for a search.
    mutating func exclusions(of provider: ProviderID, at time: Duration) -> [ProviderAccount] {
        guard searches[provider, default: start] + interval <= time else {
            return accounts.filter { $0.provider == provider }
        }
        searches[provider] = time
        return []
    }

    /// Notes that jobs of an account were leased.
    ///
    /// - Returns: True if an earlier search has found some as well.
    mutating func find(_ account: ProviderAccount, at time: Duration) -> Bool {
        guard let first = found[account] else {
            found[account] = time
            return false
        }
        return time - first >= interval / 2
    }
}
