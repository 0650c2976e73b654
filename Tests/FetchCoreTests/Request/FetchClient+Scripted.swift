import FetchCore
import FetchTesting

extension FetchClient {
    /// Creates a client with a scripted transport and the test key.
    ///
    /// The request timeout is one hour, so that no test depends on the load of the machine.
    init(
        scripted transport: ScriptedTransport,
        registry: EndpointRegistry = EndpointRegistry(),
        credentials: Credentials = .fixed(["example": APIKey("sk-canary-0123456789")]),
        policy: PollingPolicy = PollingPolicy(requestTimeout: .seconds(3600)),
        origins: [ProviderID: Origin] = [:],
        plainHTTPHosts: Set<String> = [],
        responseLimit: Int = 32 << 20
    ) {
        self.init(
            registry: registry,
            transport: transport,
            credentials: credentials,
            configuration: FetchClient.Configuration(
                policy: policy,
                origins: origins,
                plainHTTPHosts: plainHTTPHosts,
                responseLimit: responseLimit
            )
        )
    }
}
