public import FetchCore
import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Carries requests with URLSession.
///
/// ```swift
/// let client = FetchClient(registry: registry, transport: .urlSession, credentials: .environment)
/// ```
///
/// - Connections are kept and reused, by all clients that share the transport.
/// - A redirect is returned as the response that it is. Nothing is cached, no cookie is kept or sent, and no credential
///   is taken from the system: a 401 is a response like any other.
/// - TLS is evaluated as the system does it. A server that it doesn't trust is `FetchError.Code.untrustedServer`.
/// - A body is received up to `FetchRequest.responseLimit` and no further, after decompression.
/// - Cancelling ends the call at once and closes the connection, if the request was on its way.
/// - No error holds a URL's path or query, a header field or a part of a body.
///
/// The system adds header fields of its own, such as `User-Agent` and `Accept-Encoding`. It sends no body with GET.
///
/// On Linux it honours the environment's `https_proxy`, `http_proxy`, `all_proxy` and `no_proxy`. A proxy sees nothing of
/// https. It would see a plain request with its key, also one to this machine: that is refused, with
/// `FetchError.Code.refusedURL`, until `no_proxy` names the host.
///
/// On Linux, three defects of Foundation can't be kept away from here. Each ends the process, in Swift 6.3: an answer that
/// breaks off within its header fields, one with header fields behind its chunks (a trailer), and one that announces a length
/// of nearly 2^63 bytes or more. And a packed body that comes faster than it can be unpacked keeps libcurl busy: the request
/// ends at the limit or in time, but its connection and the transport's work queue stay busy until the server stops sending. Where
/// a server or the way to it is not to be trusted with that, use another transport.
public final class URLSessionTransport: FetchTransport {
    /// The transport that `.urlSession` stands for.
    public static let shared = URLSessionTransport()

    private let session: URLSession
    private let delegate = ExchangeDelegate()
    private let environment: @Sendable (String) -> String?

    /// Creates a transport with connections of its own, which are closed when it is released.
    ///
    /// - Parameter connectionsPerHost: How many requests to one host may be under way at once over HTTP/1.1. Further
    ///   ones wait, and their time runs. HTTP/2 carries them over one connection.
    public convenience init(connectionsPerHost: Int = 64) {
        self.init(connectionsPerHost: connectionsPerHost) { name in getenv(name).map { String(cString: $0) } }
    }

    package init(connectionsPerHost: Int = 64, environment: @escaping @Sendable (String) -> String?) {
        self.environment = environment
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpMaximumConnectionsPerHost = max(connectionsPerHost, 1)
        configuration.httpCookieStorage = nil
        configuration.httpCookieAcceptPolicy = .never
        configuration.httpShouldSetCookies = false
        configuration.urlCache = nil
        configuration.requestCachePolicy = .reloadIgnoringLocalCacheData
        configuration.urlCredentialStorage = nil
        session = URLSession(configuration: configuration, delegate: delegate, delegateQueue: delegate.queue)
    }

    /// A request's time is kept here, to the moment.
    public var endsOnTime: Bool { true }

    // The session holds its delegate until then.
    deinit { session.finishTasksAndInvalidate() }

    /// Sends a request and returns the response.
    ///
    /// - Throws: `FetchError`, and `CancellationError` as soon as the task is cancelled.
    public func send(_ request: FetchRequest) async throws -> FetchResponse {
        try Task.checkCancellation()
        try refuseProxy(for: request.url)
        let task = session.dataTask(with: try URLRequest(request))
        let exchange = URLSessionExchange(request)
        delegate.add(exchange, for: task)
        defer { delegate.remove(task) }
        let ring = Alarm.continuous.ring(after: request.timeout) { [delegate] in
            exchange.finish(throwing: FetchError(URLError(.timedOut), from: request.url))
            delegate.cancel(task)
        }
        defer { Alarm.continuous.cancel(ring) }
        let answer = try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                if exchange.begin(continuation) { task.resume() }
            }
        } onCancel: {
            exchange.finish(throwing: CancellationError())
            delegate.cancel(task)
        }
        return FetchResponse(answer)
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
