#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

extension FetchClient {
    /// The settings of a client. Every setting has a default.
    public struct Configuration: Sendable {
        /// The policy of waits that bring none of their own.
        public var policy: PollingPolicy

        /// The policies of single endpoints, which replace ``policy`` for their jobs. Defaults to none.
        ///
        /// Where a policy is `nil`, the endpoint's value applies, or else the library's default.
        public var policies: [EndpointName: PollingPolicy]

        /// The limits of each provider that has none in ``providerLimits``.
        public var limits: FetchLimits

        /// The limits of single providers.
        public var providerLimits: [ProviderID: FetchLimits]

        /// Receives the client's events. `nil` disables observation.
        public var observer: (any FetchObserver)?

        /// The durations that another client has learned of each endpoint's jobs: its ``FetchClient/durations``.
        public var durations: [EndpointName: JobDurations]

        /// The origins that replace a provider's own scheme, host and port, such as a proxy's. Paths stay, and the key
        /// is sent there.
        public var origins: [ProviderID: Origin]

        /// The hosts to which requests may go without TLS. Loopback addresses always may.
        public var plainHTTPHosts: Set<String>

        /// The largest body of a response, in bytes after decompression. Defaults to 32 MiB; negative values count as
        /// zero.
        public var responseLimit: Int

        /// Creates a configuration.
        ///
        /// - Parameters:
        ///   - policy: The policy of waits that bring none of their own.
        ///   - policies: The policies of single endpoints, for waits that bring none of their own.
        ///   - limits: The limits of each provider that has none of its own.
        ///   - providerLimits: The limits of single providers.
        ///   - observer: Receives the client's events. `nil` disables observation.
        ///   - durations: The durations that another client has learned.
        ///   - origins: The origins that replace a provider's own.
        ///   - plainHTTPHosts: The hosts to which requests may go without TLS.
        ///   - responseLimit: The largest body of a response, in bytes.
        public init(
            policy: PollingPolicy = PollingPolicy(),
            policies: [EndpointName: PollingPolicy] = [:],
            limits: FetchLimits = FetchLimits(),
            providerLimits: [ProviderID: FetchLimits] = [:],
            observer: (any FetchObserver)? = nil,
            durations: [EndpointName: JobDurations] = [:],
            origins: [ProviderID: Origin] = [:],
            plainHTTPHosts: Set<String> = [],
            responseLimit: Int = 32 << 20
        ) {
            self.policy = policy
            self.policies = policies
            self.limits = limits
            self.providerLimits = providerLimits
            self.observer = observer
            self.durations = durations
            self.origins = origins
            self.plainHTTPHosts = plainHTTPHosts
            self.responseLimit = responseLimit
        }
    }

    /// The sources of time and chance that a client uses. Only tests replace them.
    public struct Environment: Sendable {
        /// Measures gaps, timeouts and deadlines. Defaults to the continuous clock, which also runs while the system
        /// sleeps.
        public var clock: any Clock<Duration>

        /// Returns the current date, to which the dates of a ``Submission`` and of a `Retry-After` header are compared.
        public var wallClock: @Sendable () -> Date

        /// Returns a random number from 0 to 1, for the jitter of retries.
        public var random: @Sendable () -> Double

        /// Creates an environment.
        ///
        /// - Parameters:
        ///   - clock: Measures gaps, timeouts and deadlines.
        ///   - wallClock: Returns the current date.
        ///   - random: Returns a random number from 0 to 1.
        public init(
            clock: any Clock<Duration> = ContinuousClock(),
            wallClock: @escaping @Sendable () -> Date = { Date() },
            random: @escaping @Sendable () -> Double = { .random(in: 0...1) }
        ) {
            self.clock = clock
            self.wallClock = wallClock
            self.random = random
        }
    }
}
