extension FetchClient {
    /// Changes the limits of a provider while the client runs, for all copies of the client with the same account.
    ///
    /// Requests in flight aren't affected. If the provider has asked to slow down, the lower of its own and the new
    /// limit applies until requests succeed again.
    ///
    /// - Parameters:
    ///   - limits: The limits, which replace those of the configuration.
    ///   - provider: The provider.
    public func setLimits(_ limits: FetchLimits, for provider: ProviderID) {
        scheduler.setLimits(limits, for: provider, account)
    }

    /// Returns the number of the account's requests to a provider that are in flight.
    package func requestsInFlight(to provider: ProviderID) -> Int {
        scheduler.requestsInFlight(to: provider, of: account)
    }

    /// Pauses a provider: no request to it begins before the time is over.
    ///
    /// Call it if something else than a response tells that the provider is down or is to be left alone. Requests in
    /// flight aren't affected, and deadlines hold. The pause replaces the one that there is, also that of a 429, so a
    /// pause of zero has requests begin at once.
    ///
    /// - Parameters:
    ///   - provider: The provider.
    ///   - duration: The length of the pause from now, clamped to the range from zero to 100 years.
    public func pause(_ provider: ProviderID, for duration: Duration) {
        scheduler.pause(provider, of: account, for: duration)
    }
}
