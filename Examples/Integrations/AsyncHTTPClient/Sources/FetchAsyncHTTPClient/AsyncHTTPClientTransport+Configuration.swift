public import AsyncHTTPClient
import NIOCore
import NIOHTTPCompression
public import NIOSSL

extension AsyncHTTPClientTransport {
    /// The settings of a transport that an application may have its own ideas about. All others are what the contract of
    /// `FetchTransport` requires.
    public struct Configuration: Sendable {
        /// The number of connections to one host. At least as many as the client's `FetchLimits` let be under way; 64 by default.
        public var connectionsPerHost = 64

        /// The time that a connection may take until it can be used, TLS included, and that a request may wait for a free one.
        /// 10 seconds by default.
        public var connectTimeout: Duration = .seconds(10)

        /// The time after which an idle connection is closed. 60 seconds by default.
        public var idleTimeout: Duration = .seconds(60)

        /// The largest size of a compressed body once it is decompressed, in bytes. 32 MiB by default, as is a client's limit for
        /// responses. The lower of the two counts.
        public var decompressedLimit = 32 << 20

        /// Certificates and versions of TLS. `nil`, the default, stands for those of NIOSSL: the system's authorities, and TLS 1.0 and up
        /// as far as its library allows them.
        public var tlsConfiguration: TLSConfiguration?

        /// The proxy for requests by https. `nil` by default: the environment isn't read.
        public var proxy: HTTPClient.Configuration.Proxy?

        /// Creates a configuration with the defaults.
        public init() {}

        var clientConfiguration: HTTPClient.Configuration {
            var configuration = HTTPClient.Configuration(
                tlsConfiguration: tlsConfiguration,
                redirectConfiguration: .disallow,
                timeout: HTTPClient.Configuration.Timeout(connect: TimeAmount(connectTimeout), read: nil),
                proxy: proxy,
                // By bytes: a limit by ratio alone leaves the size open.
                decompression: .enabled(limit: .size(decompressedLimit))
            )
            configuration.connectionPool = HTTPClient.Configuration.ConnectionPool(
                idleTimeout: TimeAmount(idleTimeout),
                concurrentHTTP1ConnectionsPerHostSoftLimit: max(connectionsPerHost, 1)
            )
            // Would hide until the connect timeout why there is no connection. FetchKit's client retries, and knows when.
            configuration.connectionPool.retryConnectionEstablishment = false
            // Over HTTP/2 there is one connection to a host, and requests queue behind its limit of streams.
            configuration.httpVersion = .http1Only
            configuration.networkFrameworkWaitForConnectivity = false
            // A trace would hold the URL, and with it a key in the query.
            configuration.tracing.tracer = nil
            return configuration
        }
    }
}

extension TimeAmount {
    /// The duration, up to some years.
    init(_ duration: Duration) {
        let longest: Int64 = 1 << 28
        let (seconds, attoseconds) = duration.components
        self = .seconds(min(max(seconds, 0), longest)) + .nanoseconds(attoseconds / 1_000_000_000)
    }
}
