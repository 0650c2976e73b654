extension CurlTransport {
    /// The settings of a transport.
    public struct Configuration: Sendable, Hashable {
        /// The maximum number of open connections to one host over HTTP/1.1, at least one. Defaults to 64.
        ///
        /// Further requests are queued for a connection, and their timeout runs meanwhile. HTTP/2 carries up to 100
        /// requests over one connection. Connections that have reached ``connectionLifetime`` and still carry a request
        /// aren't counted.
        public var connectionsPerHost: Int

        /// The timeout for establishing a connection, TLS handshake included. Defaults to ten seconds.
        ///
        /// A shorter timeout of the request takes precedence.
        public var connectTimeout: Duration

        /// The age at which a host name is resolved again and a connection accepts no further requests, at least 100
        /// ms. Defaults to one minute.
        ///
        /// A fail-over to other addresses takes effect within twice this time, since a new connection can use addresses
        /// that are nearly this old. The limit also applies to HTTP/2 connections that always carry a request.
        public var connectionLifetime: Duration

        /// The path of a PEM file with the certificate authorities to trust instead of the system's. Defaults to `nil`:
        /// the file named by the environment variable `CURL_CA_BUNDLE` or `SSL_CERT_FILE`, or else the system's
        /// authorities.
        public var certificateAuthorities: String?

        /// The maximum size of a response's heads in bytes, including interim responses and trailer fields. Defaults to
        /// 256 KiB.
        public var headByteLimit: Int

        /// The maximum number of lines in a response's heads, including interim responses and trailer fields. Defaults
        /// to 1,000.
        public var headFieldLimit: Int

        /// Creates settings. Out-of-range values are clamped when a transport is created with them.
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
