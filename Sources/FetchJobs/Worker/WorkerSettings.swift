import FetchCore

/// The endpoints that a worker can poll, and its intervals.
struct WorkerSettings: Sendable {
    /// The endpoints of each provider that the client can poll.
    let endpoints: [ProviderID: Set<EndpointName>]
    let configuration: JobWorker.Configuration
    /// Returns the limits of each account of a provider, for all workers together.
    let limits: @Sendable (ProviderID) -> FetchLimits
    private let providers: [EndpointName: ProviderID]

    init(_ client: FetchClient, _ configuration: JobWorker.Configuration) {
        let registry = client.registry
        var endpoints: [ProviderID: Set<EndpointName>] = [:]
        var providers: [EndpointName: ProviderID] = [:]
        for name in registry.names {
            guard let endpoint = try? registry.endpoint(named: name) else { continue }
            endpoints[endpoint.provider, default: []].insert(name)
            providers[name] = endpoint.provider
        }
        (self.endpoints, self.providers, self.configuration) = (endpoints, providers, configuration)
        limits = client.configuredLimits
    }

    func provider(of endpoint: EndpointName) -> ProviderID? { providers[endpoint] }

    /// The time without a renewal after which the store may declare the worker dead.
    var timeToLive: Duration { max(configuration.timeToLive, .seconds(1)) }

    /// The time from before a renewal was sent after which the worker stops itself: a tenth less.
    var ownTimeToLive: Duration { timeToLive * 9 / 10 }

    /// The time between two renewals: a sixth of the time to live.
    var renewalInterval: Duration { timeToLive / 6 }

    /// The shortest time between a renewal and one that comes early, since the worker has jobs of a new account.
    let earlyRenewalInterval: Duration = .seconds(1)

    /// The longest time of one renewal.
    var renewalTimeout: Duration { timeToLive / 6 }

    /// The shortest time between two rounds of clearing up. Up to a half more is added at random.
    var clearUpInterval: Duration { timeToLive / 8 }

    /// The longest time for which a worker that ends records its ends and gives back its jobs one by one, before it
    /// gives all of them back at once.
    var writingTimeout: Duration { timeToLive / 8 }

    /// The longest time after that.
    var deregistrationTimeout: Duration { timeToLive / 24 }

    var maximumJobs: Int { max(configuration.maximumJobs, 1) }
    let leaseBatch = 1_000
    let writeInterval: Duration = .milliseconds(250)
    let hintInterval: Duration = .seconds(1)
    let longestLeasePause: Duration = .seconds(5)
    let reconciliationInterval: Duration = .seconds(300)
}
