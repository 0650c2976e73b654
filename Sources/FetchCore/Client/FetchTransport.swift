/// Carries one request to a server and its answer back.
///
/// `URLSessionTransport` in FetchURLSession is the usual one. Another HTTP library, or a script in a test, is a transport
/// once it does this:
///
/// - It sends the request as it is and returns the response whatever its status. It follows no redirect, keeps no
///   cookie, caches nothing, and adds no credentials of its own.
/// - It ends as soon as its task is cancelled, and throws anything. The client cancels a request that has taken longer
///   than ``FetchRequest/timeout``, and knows itself whether that or the caller was the reason.
/// - It suspends and doesn't block: requests that are due together begin in one thread, one after the other.
/// - It stops receiving when the body grows beyond ``FetchRequest/responseLimit`` and throws
///   ``FetchRequest/tooLarge``.
/// - It throws ``FetchError`` where it knows more, such as ``FetchError/Code/untrustedServer``. Any other error is taken
///   for ``FetchError/Code/connectionFailed`` and quoted with the key blotted out.
/// - It doesn't log requests, whose URL, headers and body may hold the key.
///
/// ```swift
/// struct CannedTransport: FetchTransport {
///     func send(_ request: FetchRequest) async throws -> FetchResponse {
///         FetchResponse(status: 200, body: Data(#"{"status":"processing"}"#.utf8))
///     }
/// }
/// ```
///
/// A transport is used from many tasks at once.
public protocol FetchTransport: Sendable {
    /// Sends a request and returns the response.
    func send(_ request: FetchRequest) async throws -> FetchResponse

    /// Whether `send` ends by itself when the request's time is over, with the code ``FetchError/Code/requestTimeout``.
    /// False unless stated.
    ///
    /// A client needs a second task for each request to cancel it in time. It spares that where its clock is the real one and
    /// its transport says that it keeps the time itself.
    var endsOnTime: Bool { get }
}

extension FetchTransport {
    /// The client sees to it that requests end in time.
    public var endsOnTime: Bool { false }
}
