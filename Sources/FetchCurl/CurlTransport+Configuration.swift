extension CurlTransport {
    /// The settings of a transport.
    public struct Configuration: Sendable, Hashable {
        /// The number of connections to one host that may be open for requests over HTTP/1.1, at least one; defaults to 64.
        /// Further requests wait for one, and their time runs. HTTP/2 carries up to 100 requests over one connection.
        /// Connections that are too old for further requests, but still carry one, aren't counted.
        public var connectionsPerHost: Int

        /// The time that a connection may take to come about, TLS included; defaults to ten seconds. A request whose own
        /// timeout is shorter ends with that.
        public var connectTimeout: Duration

        /// The age from which the addresses of a name are resolved anew and a connection takes no further requests; defaults to one
        /// minute, and is at least 100 ms. A fail-over to other addresses is followed within twice this time: a connection can be
        /// made to addresses that are nearly as old. Connections of HTTP/2 that are never without a request are no exception.
        public var connectionLifetime: Duration

        /// The path of a PEM file with the certificate authorities to trust in place of the system's. `nil`, the default, takes
        /// the file that the environment variable `CURL_CA_BUNDLE` or `SSL_CERT_FILE` names, else the system's.
        public var certificateAuthorities: String?

        /// The number of bytes that the heads of one response may have, interim responses and trailer fields included;
        /// defaults to 256 KiB.
        public var headByteLimit: Int

        /// The number of lines that the heads of one response may have, interim responses and trailer fields included;
        /// defaults to 1,000.
        public var headFieldLimit: Int

        /// Creates settings. Values out of range are clamped when a transport is created with them.
        public init(
            connectionsPerHost: Int = 64,
            connectTimeout: Duration = .seconds(10),
            connectionLifetime: Duration = .seconds(60),
            certificateAuthorities: String? = nil,
            headByteLimit: Int = 256 << 10,
            headFieldLimit: Int = 1_000
        ) {
            self.connectionsPerHost = connectionsPerHost
            self.connectTimeout = connectTimeout
            self.connectionLifetime = connectionLifetime
            self.certificateAuthorities = certificateAuthorities
            self.headByteLimit = headByteLimit
            self.headFieldLimit = headFieldLimit
        }
    }
}
