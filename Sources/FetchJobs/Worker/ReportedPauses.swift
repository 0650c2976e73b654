/// The accounts whose pause a worker has reported lately, so that it doesn't report the same again.
struct ReportedPauses: Sendable {
    /// The shortest time between two reports of an account.
    let interval: Duration
    private var times: [ProviderAccount: Duration] = [:]

    init(every interval: Duration) { self.interval = interval }

    /// Returns true if the pause of an account is to be reported, and notes that it is.
    mutating func report(_ account: ProviderAccount, at time: Duration) -> Bool {
        if let last = times[account], last + interval > time { return false }
        times[account] = time
        return true
    }

    /// Forgets the reports that no longer matter.
    mutating func forget(at time: Duration) { times = times.filter { $0.value + interval > time } }
}
