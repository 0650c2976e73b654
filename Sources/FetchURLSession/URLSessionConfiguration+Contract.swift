#if canImport(FoundationNetworking)
    import Foundation
    package import FoundationNetworking
#else
    package import Foundation
#endif

extension URLSessionConfiguration {
    /// URLSession's limit for all timeouts and its default for a whole resource: seven days.
    static let longestTimeout: TimeInterval = 7 * 24 * 60 * 60

    /// Creates the configuration of a transport's session.
    ///
    /// - Parameters:
    ///   - connectionsPerHost: The maximum number of HTTP/1.1 connections to one host, at least one. Defaults to 64.
    ///   - configure: Applies the application's settings. The settings that the contract of a transport requires are
    ///     applied after it. Defaults to no changes.
    /// - Returns: An ephemeral configuration.
    package static func fetching(
        connectionsPerHost: Int = 64,
        configure: (URLSessionConfiguration) -> Void = { _ in }
    ) -> URLSessionConfiguration {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpMaximumConnectionsPerHost = connectionsPerHost
        configure(configuration)
        configuration.applyContract()
        return configuration
    }

    /// Applies the settings that the contract of a transport requires. They override the application's settings.
    private func applyContract() {
        httpMaximumConnectionsPerHost = max(httpMaximumConnectionsPerHost, 1)
        httpCookieStorage = nil
        httpCookieAcceptPolicy = .never
        httpShouldSetCookies = false
        urlCache = nil
        requestCachePolicy = .reloadIgnoringLocalCacheData
        urlCredentialStorage = nil
        // The transport enforces the timeout of each request.
        timeoutIntervalForRequest = Self.longestTimeout
        timeoutIntervalForResource = Self.longestTimeout
        httpAdditionalHeaders = httpAdditionalHeaders.map { fields in
            fields.filter { !Self.isReserved("\($0.key)".lowercased()) }
        }
    }

    /// Returns true if a header field, in lower case, can't be added to every request of a session.
    ///
    /// The documentation of `httpAdditionalHeaders` reserves most of them. Credentials and cookies would be sent to the
    /// hosts of all providers.
    private static func isReserved(_ name: String) -> Bool {
        [
            "authorization", "connection", "content-length", "cookie", "cookie2", "host", "proxy-authenticate",
            "proxy-authorization", "transfer-encoding", "www-authenticate",
        ].contains(name)
    }
}
