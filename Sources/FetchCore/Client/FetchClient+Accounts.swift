extension FetchClient {
    /// Returns a client for one of several accounts, such as a tenant's, with keys of its own.
    ///
    /// ```swift
    /// let tenant = client.account("tenant-7", credentials: .fixed(["example": key]))
    /// let output = try await tenant.result(JobReference("example.transcript:a1b2"))
    /// ```
    ///
    /// Providers limit each account by itself. So each account has its own requests in flight, rate, pauses and
    /// retries, with the limits of the client's configuration, and waits share requests only within an account. All
    /// accounts share the transport, the scheduler, the observer, the statistics and the durations that were learned.
    ///
    /// All clients of one identifier are the same account, as long as a client or a job uses it. After that it is
    /// dropped, together with its limits; what a provider's pause says is kept until the pause is over. An account with
    /// a job takes about three kilobytes, as the benchmark `accounts` shows. Two accounts may have the same key.
    ///
    /// A response is searched for the keys of its own account, and those are redacted.
    ///
    /// - Parameters:
    ///   - id: The identifier of the account.
    ///   - credentials: The account's keys. They replace those that the account had, from the next request on. Defaults
    ///     to `nil`, which leaves them. An account without credentials of its own has the keys of
    ///     `Credentials.accounts(_:)`, if the client was created with that, and otherwise none: its requests fail
    ///     with ``FetchError/Code/missingKey``, and are never sent with the client's own key.
    /// - Returns: A client with the same registry and policies.
    public func account(_ id: AccountID, credentials: Credentials? = nil) -> FetchClient {
        var client = self
        client.account = account(ofID: id, credentials)
        return client
    }

    /// The identifier of the account whose keys and limits apply. `nil` for the client's own.
    public var accountID: AccountID? { account.id }

    /// Returns the account of an identifier, which searches responses for the keys of the registered providers.
    func account(ofID id: AccountID, _ credentials: Credentials? = nil) -> Account {
        let account = scheduler.account(id, credentials)
        account.keys.knownKeys.register(registry.providerSet)
        return account
    }
}
