import FetchCore
import FetchTesting

extension FetchClient {
    /// A client that asks a script, with the key that tests use. Its clock stands still, so that no test depends on how
    /// fast the machine is.
    init(
        asking transport: ScriptedTransport,
        registry: EndpointRegistry = EndpointRegistry(),
        credentials: Credentials = .fixed(["example": APIKey("sk-canary-0123456789")]),
        policy: PollingPolicy = PollingPolicy(),
        origins: [ProviderID: Origin] = [:],
        plainHTTPHosts: Set<String> = [],
        responseLimit: Int = 32 << 20
    ) {
        let clock = VirtualClock()
        self.init(
            registry: registry,
            transport: transport,
            credentials: credentials,
            policy: policy,
            origins: origins,
            plainHTTPHosts: plainHTTPHosts,
            responseLimit: responseLimit,
            clock: clock,
            wallClock: clock.wallClock
        )
    }
}
