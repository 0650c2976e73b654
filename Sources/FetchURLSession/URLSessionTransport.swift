public import FetchCore

#if canImport(FoundationNetworking)
    import Foundation
    public import FoundationNetworking
#else
    public import Foundation
    import Network
#endif

/// A transport that sends requests with URLSession. It is the transport for Apple platforms.
///
/// ```swift
/// let client = FetchClient(registry: registry, transport: .urlSession, credentials: credentials)
/// ```
///
/// - Connections are kept and reused by all clients that share the transport.
/// - Redirects are returned and not followed. There is no cache and no cookie storage. The system's credentials aren't
///   used: a 401 is a response like any other. The system answers challenges of proxies.
/// - The system evaluates TLS. A server with an untrusted certificate causes `FetchError.Code.untrustedServer`. Any
///   other failed handshake causes `FetchError.Code.connectionFailed`.
/// - A body is received up to `FetchRequest.responseLimit`, counted after decompression.
/// - A request whose reused connection was closed before the response began is retried once, immediately.
/// - Cancellation ends the call immediately and closes the connection of a running request.
/// - Names are resolved by the system, so `FetchRequest.addressPolicy` is checked against the host in the URL only, and
///   not against the addresses of a name.
/// - Errors contain no path and query of a URL, no header field and no part of a body.
///
/// The system adds its own header fields, such as `User-Agent` and `Accept-Encoding`. It can't send a body with GET. On
/// Apple platforms, CFNetwork logs the whole URL of a failed request, including a key that `Authorization.query` added.
///
/// ## Proxies
///
/// On Apple platforms, https requests use the system's proxy, which can't read them. Plain http requests bypass the
/// proxy, since it would see the key.
///
/// On Linux, the transport uses the environment variables `https_proxy`, `http_proxy`, `all_proxy` and `no_proxy`. A
/// proxy can't read https requests. It would see the key of a plain http request, even of one to this machine. Such a
/// request is refused with `FetchError.Code.refusedURL` unless `no_proxy` contains the host.
///
/// ## Linux
///
/// Use `CurlTransport` (`.curl`) of the module FetchCurl there. The transport can't work around these defects of
/// Foundation's URLSession in Swift 6.3:
///
/// - The process *crashes* when a response is truncated within its header fields, has a trailer after its chunks, or
///   announces a length close to or above 2^63 bytes. Any server can send such responses, and so can an attacker on a
///   plain http connection.
/// - The *process stalls* when a request to a host whose DNS server doesn't respond times out or is cancelled: all
///   timers, deadlines and cancellations of the process stop until the resolver gives up after about ten seconds.
/// - *Other requests stall* while a compressed body is received faster than it can be decompressed. The request itself
///   ends at its limit or timeout, but the work queue of its session stays busy until the server stops sending.
/// - An HTTP/2 connection that stops responding is reused after a timeout, and each request on it times out.
/// - Requests to a URL with an IPv6 literal fail.
public final class URLSessionTransport: FetchTransport {
    /// The shared transport of the process, also available as `.urlSession`.
    public static let shared = URLSessionTransport()

    /// The session for https, and on Linux also for plain http.
    private let secure: TransportSession
    /// The session for plain http.
    private let plain: TransportSession
    private let environment: @Sendable (String) -> String?

    /// Creates a transport with its own connections. They are closed when the transport is released.
    ///
    /// - Parameter connectionsPerHost: The maximum number of parallel requests to one host over HTTP/1.1, at least one.
    ///   Further requests are queued, and their timeouts run meanwhile. HTTP/2 uses one connection for all requests.
    ///   Defaults to 64.
    public convenience init(connectionsPerHost: Int = 64) {
        self.init(.fetching(connectionsPerHost: connectionsPerHost), environment: Self.variable)
    }

    /// Creates a transport with its own connections and an application's settings.
    ///
    /// ```swift
    /// let transport = URLSessionTransport { configuration in
    ///     configuration.allowsCellularAccess = false
    ///     configuration.httpAdditionalHeaders = ["User-Agent": "Lantern/2.1"]
    /// }
    /// ```
    ///
    /// The application can set network access (cellular, expensive, Low Data Mode, waiting for connectivity), TLS
    /// versions, protocol classes that inspect requests, proxies for https, connections per host and additional header
    /// fields. After the closure, the transport applies the settings that its contract requires: no cache, no cookies,
    /// no credential storage, its own timeouts, and no additional header field for credentials or message framing, such
    /// as `Authorization`, `Cookie` or `Host`. On Apple platforms, plain http never uses a proxy. The session's
    /// delegate, which handles redirects, can't be replaced.
    ///
    /// A protocol class receives each request with its key.
    ///
    /// - Parameter configure: Changes the default settings. Called once, before this initializer returns.
    public convenience init(configuring configure: (URLSessionConfiguration) -> Void) {
        self.init(.fetching(configure: configure), environment: Self.variable)
    }

    /// Creates a transport with a configuration, which the caller must not use afterwards, and a lookup of environment
    /// variables.
    package init(
        _ configuration: URLSessionConfiguration,
        environment: @escaping @Sendable (String) -> String?
    ) {
        self.environment = environment
        secure = TransportSession(configuration)
        #if canImport(FoundationNetworking)
            plain = secure
        #else
            // By default, a session uses the system's proxies, including automatic configuration, also for plain http.
            // An empty dictionary instead of nil means no proxy ("connectionProxyDictionary", `NSURLSession.h`: "The
            // proxy dictionary, as described by <CFNetwork/CFHTTPStream.h>"). The session above has its own copy of the
            // configuration.
            configuration.connectionProxyDictionary = [:]
            // An application's value would take precedence ("proxyConfigurations", `NSURLSession.h`).
            configuration.proxyConfigurations = []
            plain = TransportSession(configuration)
        #endif
    }

    private static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

    /// True: the transport ends each request exactly at its timeout.
    public var enforcesTimeout: Bool { true }

    /// Sends a request and returns the response.
    ///
    /// - Parameter request: The request. The transport doesn't check its origin, except for the environment's proxy on
    ///   Linux.
    /// - Returns: The response, whatever its status.
    /// - Throws: `FetchError`, or `CancellationError` as soon as the task is cancelled.
    public func send(_ request: FetchRequest) async throws -> FetchResponse {
        try Task.checkCancellation()
        return try await session(for: request).send(request)
    }

    /// Returns the session for a request.
    ///
    /// - Throws: `FetchError` with the code `refusedURL` if the address policy refuses the host, or if a proxy would
    ///   see the key.
    func session(for request: FetchRequest) throws(FetchError) -> TransportSession {
        try request.addressPolicy.check(request.url)
        try refuseProxy(for: request.url)
        return request.url.scheme?.lowercased() == "https" ? secure : plain
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
    /// `URLSessionTransport`, without any part of the running requests.
    public var description: String { "URLSessionTransport" }

    /// A mirror without children, since the session holds the running requests with their keys.
    public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .class) }
}

extension FetchTransport where Self == URLSessionTransport {
    /// The shared transport over URLSession. All clients of the process that use it share its connections.
    public static var urlSession: Self { .shared }
}
