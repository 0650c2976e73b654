public import FetchCore

/// A worker's request for jobs of one provider.
public struct LeaseRequest: Sendable, Hashable {
    /// The greatest number of jobs in one lease whose workers have died.
    ///
    /// A job that ends the process of its worker takes all jobs of the worker along. In small batches it is found in
    /// few rounds.
    public static let maximumAfterDeaths = 64

    /// The provider, whose pauses apply.
    public var provider: ProviderID

    /// The provider's endpoints that the worker can poll. Jobs of others are left alone.
    public var endpoints: Set<EndpointName>

    /// The accounts whose jobs are left alone. `nil` is the client's own.
    public var excludedAccounts: Set<AccountID?>

    /// The greatest number of jobs.
    public var limit: Int

    /// Creates a request.
    ///
    /// - Parameters:
    ///   - provider: The provider.
    ///   - endpoints: The provider's endpoints that the worker can poll.
    ///   - excludedAccounts: The accounts whose jobs are left alone. Defaults to none.
    ///   - limit: The greatest number of jobs. Values below one mean that no job is leased.
    public init(
        _ provider: ProviderID,
        endpoints: Set<EndpointName>,
        excludedAccounts: Set<AccountID?> = [],
        limit: Int
    ) {
        self.provider = provider
        self.endpoints = endpoints
        self.excludedAccounts = excludedAccounts
        self.limit = limit
    }
}
