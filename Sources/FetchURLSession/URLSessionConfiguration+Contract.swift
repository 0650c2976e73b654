#if canImport(FoundationNetworking)
    import Foundation
    package import FoundationNetworking
#else
    package import Foundation
#endif

extension URLSessionConfiguration {
    /// The longest time that URLSession waits for anything, and its default for a whole resource: seven days.
    static let longestTimeout: TimeInterval = 7 * 24 * 60 * 60

    /// Creates the configuration of a transport's session.
    ///
    /// - Parameters:
    ///   - connectionsPerHost: The number of connections to one host over HTTP/1.1; at least one.
    ///   - configure: Sets what is the application's own. What the contract of a transport needs is set after it.
    package static func fetching(
        connectionsPerHost: Int = 64,
        configure: (URLSessionConfiguration) -> Void = { _ in }
    ) -> URLSessionConfiguration {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpMaximumConnectionsPerHost = connectionsPerHost
        configure(configuration)
        configuration.keepContract()
        return configuration
    }

    /// Sets what the contract of a transport needs, whatever the application has set.
    private func keepContract() {
        httpMaximumConnectionsPerHost = max(httpMaximumConnectionsPerHost, 1)
        httpCookieStorage = nil
        httpCookieAcceptPolicy = .never
        httpShouldSetCookies = false
        urlCache = nil
        requestCachePolicy = .reloadIgnoringLocalCacheData
        urlCredentialStorage = nil
        // A request's time is kept by the transport.
        timeoutIntervalForRequest = Self.longestTimeout
        timeoutIntervalForResource = Self.longestTimeout
        httpAdditionalHeaders = httpAdditionalHeaders.map { fields in
            fields.filter { !Self.isReserved("\($0.key)".lowercased()) }
        }
    }

    /// Whether a header field, in small letters, can't be added to every request of a session.
    ///
    /// The documentation of `httpAdditionalHeaders` reserves most of them. Credentials and cookies would go to every host of
    /// every provider.
    private static func isReserved(_ name: String) -> Bool {
        [
            "authorization", "connection", "content-length", "cookie", "cookie2", "host", "proxy-authenticate",
            "proxy-authorization", "transfer-encoding", "www-authenticate",
        ].contains(name)
    }
}
