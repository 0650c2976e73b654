public import AsyncHTTPClient
import NIOCore
import NIOHTTPCompression
public import NIOSSL

extension AsyncHTTPClientTransport {
    /// The settings of a transport that an application can change. The contract of `FetchTransport` determines all
    /// others.
    public struct Configuration: Sendable {
        /// The maximum number of connections per host. It should be at least the number of concurrent requests that the
        /// client's `FetchLimits` allow. Defaults to 64.
        public var connectionsPerHost = 64

        /// The time limit for establishing a connection, including TLS, and for a request to get a free connection.
        /// Defaults to 10 seconds.
        public var connectTimeout: Duration = .seconds(10)

        /// The time after which an idle connection is closed. Defaults to 60 seconds.
        public var idleTimeout: Duration = .seconds(60)

        /// The maximum size of a compressed body after decompression, in bytes. Defaults to 32 MiB, the same as the
        /// client's `responseLimit`. The lower of the two applies.
        public var decompressedLimit = 32 << 20

        /// The certificates and versions of TLS. Defaults to `nil`, which means NIOSSL's own defaults: the system's
        /// certificate authorities, and TLS 1.0 or later.
        public var tlsConfiguration: TLSConfiguration?

        /// The proxy for https requests. Defaults to `nil`; environment variables aren't read.
        public var proxy: HTTPClient.Configuration.Proxy?

        /// Creates a configuration with the defaults.
        public init() {}

        var clientConfiguration: HTTPClient.Configuration {
            var configuration = HTTPClient.Configuration(
                tlsConfiguration: tlsConfiguration,
                redirectConfiguration: .disallow,
                timeout: HTTPClient.Configuration.Timeout(connect: TimeAmount(connectTimeout), read: nil),
                proxy: proxy,
                // Limits the size in bytes, since a limit by ratio doesn't bound it.
                decompression: .enabled(limit: .size(decompressedLimit))
            )
            configuration.connectionPool = HTTPClient.Configuration.ConnectionPool(
                idleTimeout: TimeAmount(idleTimeout),
                concurrentHTTP1ConnectionsPerHostSoftLimit: max(connectionsPerHost, 1)
            )
            // AsyncHTTPClient's retries hide the cause of a failure until the connect timeout. FetchKit's client
            // retries instead.
            configuration.connectionPool.retryConnectionEstablishment = false
            // HTTP/2 uses one connection per host, and its stream limit would queue the requests.
            configuration.httpVersion = .http1Only
            configuration.networkFrameworkWaitForConnectivity = false
            // A trace would contain the URL, and with it a key in the query.
            configuration.tracing.tracer = nil
            return configuration
        }
    }
}

extension TimeAmount {
    /// Creates a time amount, clamped to the range from 0 to 2²⁸ seconds, about eight years.
    init(_ duration: Duration) {
        let maximum: Int64 = 1 << 28
        let (seconds, attoseconds) = duration.components
        self = .seconds(min(max(seconds, 0), maximum)) + .nanoseconds(attoseconds / 1_000_000_000)
    }
}
