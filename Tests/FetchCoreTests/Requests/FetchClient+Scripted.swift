import FetchCore
import FetchTesting

extension FetchClient {
    /// A client that asks a script, with the key that tests use. It has an hour for each request, however busy the
    /// machine is.
    init(
        asking transport: ScriptedTransport,
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
            policy: policy,
            origins: origins,
            plainHTTPHosts: plainHTTPHosts,
            responseLimit: responseLimit
        )
    }
}
