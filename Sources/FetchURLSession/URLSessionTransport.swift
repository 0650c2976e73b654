public import FetchCore

#if canImport(FoundationNetworking)
    import Foundation
    public import FoundationNetworking
#else
    public import Foundation
    import Network
#endif

/// Carries requests with URLSession: the transport for Apple platforms.
///
/// ```swift
/// let client = FetchClient(registry: registry, transport: .urlSession, credentials: credentials)
/// ```
///
/// - Connections are kept and reused, by all clients that share the transport.
/// - A redirect is returned as the response that it is. Nothing is cached, no cookie is kept or sent, and no credential
///   is taken from the system: a 401 is a response like any other. A proxy's challenge is left to the system.
/// - TLS is evaluated as the system does it. A server whose certificate it doesn't trust is
///   `FetchError.Code.untrustedServer`; any other failed handshake is `FetchError.Code.connectionFailed`.
/// - A body is received up to `FetchRequest.responseLimit` and no further, after decompression.
/// - A request that is lost on a kept connection, before the response begins, is sent once more at once.
/// - Cancelling ends the call at once and closes the connection, if the request was on its way.
/// - No error holds a URL's path or query, a header field or a part of a body.
///
/// The system adds header fields of its own, such as `User-Agent` and `Accept-Encoding`. It sends no body with GET. On Apple
/// platforms, CFNetwork logs the whole URL of a request that fails, and with it a key that `Authorization.query` put there.
///
/// ## Proxies
///
/// On Apple platforms, https goes through the system's proxy, which sees nothing of it. Plain http would show it the key, and
/// goes directly.
///
/// On Linux, it honours the environment's `https_proxy`, `http_proxy`, `all_proxy` and `no_proxy`. A proxy sees nothing of
/// https. It would see a plain request with its key, also one to this machine: that is refused, with
/// `FetchError.Code.refusedURL`, until `no_proxy` names the host.
///
/// ## Linux
///
/// Use `CurlTransport` (`.curl`) of the module FetchCurl there. Defects of Foundation's URLSession, seen with Swift 6.3, can't
/// be kept away from here:
///
/// - It *crashes* the process when a response breaks off within its header fields, has header fields behind its chunks
///   (a trailer), or announces a length of nearly 2^63 bytes or more. Any server, and anyone on the way to a server over plain
///   http, can send those.
/// - It *stops the process* when a request to a name whose DNS server doesn't respond times out or is cancelled: all timers,
///   deadlines and cancellations of the process stand still until the resolver gives up, after about ten seconds.
/// - It *stops other requests* while a compressed body comes faster than it can be decompressed. The request itself ends at its
///   limit or in time, but the work queue of its session stays busy until the server stops sending.
/// - An HTTP/2 connection that goes silent is used again after a timeout, and each request on it times out.
/// - A URL with an IPv6 literal can't be requested.
public final class URLSessionTransport: FetchTransport {
    /// The transport that `.urlSession` stands for.
    public static let shared = URLSessionTransport()

    /// Carries https, and on Linux plain http too.
    private let secure: TransportSession
    /// Carries plain http.
    private let plain: TransportSession
    private let environment: @Sendable (String) -> String?

    /// Creates a transport with connections of its own, which are closed when it is released.
    ///
    /// - Parameter connectionsPerHost: The number of requests to one host that may be under way at once over HTTP/1.1; at least
    ///   one. Further ones wait, and their time runs. HTTP/2 carries them over one connection.
    public convenience init(connectionsPerHost: Int = 64) {
        self.init(.fetching(connectionsPerHost: connectionsPerHost), environment: Self.variable)
    }

    /// Creates a transport with connections of its own and an application's settings.
    ///
    /// ```swift
    /// let transport = URLSessionTransport { configuration in
    ///     configuration.allowsCellularAccess = false
    ///     configuration.httpAdditionalHeaders = ["User-Agent": "Lantern/2.1"]
    /// }
    /// ```
    ///
    /// The application decides about networks (cellular, expensive, Low Data Mode, waiting for connectivity), TLS versions,
    /// protocol classes that inspect requests, proxies for https, connections per host and additional header fields. After the
    /// closure, the transport sets what its contract needs: no cache, no cookies, no credential storage, its own timeouts, and
    /// no additional header field that carries credentials or frames a message, such as `Authorization`, `Cookie` or `Host`.
    /// Plain http never goes through a proxy on Apple platforms. Redirects are the session delegate's, which isn't replaced.
    ///
    /// A protocol class sees each request with its key.
    ///
    /// - Parameter configure: Changes the settings that a transport begins with, once, before this initializer returns.
    public convenience init(configuring configure: (URLSessionConfiguration) -> Void) {
        self.init(.fetching(configure: configure), environment: Self.variable)
    }

    /// Creates a transport with an environment of variables. The configuration isn't used by anyone else.
    package init(
        _ configuration: URLSessionConfiguration,
        environment: @escaping @Sendable (String) -> String?
    ) {
        self.environment = environment
        secure = TransportSession(configuration)
        #if canImport(FoundationNetworking)
            plain = secure
        #else
            // By default a session follows the system's proxies, automatic configuration included, also for plain http. An
            // empty dictionary in place of nil means none ("connectionProxyDictionary", `NSURLSession.h`: "The proxy
            // dictionary, as described by <CFNetwork/CFHTTPStream.h>"). The session above has a copy of the configuration.
            configuration.connectionProxyDictionary = [:]
            // What an application sets here would take precedence ("proxyConfigurations", `NSURLSession.h`).
            configuration.proxyConfigurations = []
            plain = TransportSession(configuration)
        #endif
    }

    private static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

    /// A request's time is kept here, to the moment.
    public var enforcesTimeout: Bool { true }

    /// Sends a request and returns the response.
    ///
    /// - Throws: `FetchError`, and `CancellationError` as soon as the task is cancelled.
    public func send(_ request: FetchRequest) async throws -> FetchResponse {
        try Task.checkCancellation()
        try refuseProxy(for: request.url)
        let session = request.url.scheme?.lowercased() == "https" ? secure : plain
        return try await session.send(request)
    }

    private func refuseProxy(for url: URL) throws(FetchError) {
        #if canImport(FoundationNetworking)
            let origin = try Origin(of: url)
            guard origin.scheme == "http", ProxyEnvironment(environment).isUsed(for: origin.host) else { return }
            throw FetchError(
                .refusedURL,
                "plain http to \(origin.host) would go through the environment's proxy, which would see the key",
                remedy: "Add \(origin.host) to the environment variable no_proxy."
            )
        #endif
    }
}

extension URLSessionTransport: CustomStringConvertible, CustomReflectable {
    /// `URLSessionTransport`, and nothing of the requests that are on their way.
    public var description: String { "URLSessionTransport" }

    /// A mirror without children: the session knows the requests, keys inside, and answers as they came.
    public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .class) }
}

extension FetchTransport where Self == URLSessionTransport {
    /// URLSession, with connections that all clients of the process share.
    public static var urlSession: Self { .shared }
}
