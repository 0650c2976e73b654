/// A type that sends an HTTP request and returns the response.
///
/// `URLSessionTransport` in FetchURLSession and `CurlTransport` in FetchCurl conform. To use another HTTP library, or
/// canned responses in a test, write a transport that follows the rules below:
///
/// ```swift
/// struct CannedTransport: FetchTransport {
///     func send(_ request: FetchRequest) async throws -> FetchResponse {
///         FetchResponse(status: 200, body: Data(#"{"status":"processing"}"#.utf8))
///     }
/// }
/// ```
///
/// `TransportConformance` in FetchTesting checks the rules that a local plain-http server can observe, in three lines
/// of a test.
///
/// ## The request
///
/// - Method, URL, header fields and body are sent unchanged. Path and query keep their percent-encoding and dot
///   segments. Each header field is sent once, including fields with an empty value, and fields of one name are sent
///   separately and in order.
/// - A body is sent with every method, including GET. A transport that can't send a request unchanged throws
///   ``FetchError/Code/malformedEndpoint`` and sends nothing.
/// - The transport adds the fields that HTTP requires, such as `Host`, `Content-Length`, `User-Agent` and
///   `Accept-Encoding`, unless the request has them. It adds no credentials, cookies, conditions, `Referer` or trace
///   identifiers.
/// - Before it connects, the transport calls ``AddressPolicy/check(_:)`` of ``FetchRequest/addressPolicy``. If
///   ``enforcesAddressPolicy`` is true, it also resolves the host itself, or checks each address before it connects.
///
/// ## The response
///
/// - A response with any status is returned. Redirects aren't followed, authentication challenges (401, 407) aren't
///   answered, nothing is cached, and cookies aren't stored. Informational responses (1xx) are skipped.
/// - Header fields are returned in the received order, with fields of one name separate, if the HTTP library preserves
///   that. URLSession joins fields of one name and loses the order, so an endpoint must rely on neither. Trailers may
///   be dropped.
/// - The body is returned unchanged. A transport may offer compression to the server; it then returns the decompressed
///   body.
/// - ``FetchRequest/responseLimit`` applies to the decompressed body. If the body or its `Content-Length` exceeds the
///   limit, the transport stops receiving, closes the connection and throws ``FetchRequest/responseTooLargeError``. It
///   checks the limit while it decompresses, not afterwards. The transport also limits the size of the header fields.
///
/// ## Time and cancellation
///
/// - `send` ends as soon as its task is cancelled, and closes the request's connection or HTTP/2 stream. It may throw
///   any error then: the client reports a timeout as ``FetchError/Code/requestTimeout``, and a cancellation by the
///   caller as `CancellationError`. The client doesn't wait for a `send` that ignores cancellation, but counts it in
///   ``EndpointStatistics/unreturnedCalls``.
/// - ``FetchRequest/timeout`` is the time from the call to the last byte of the response, including the wait for a
///   connection. The client cancels a request that takes longer, unless ``enforcesTimeout`` is true. A transport may
///   have a shorter timeout for establishing a connection, and throws ``FetchError/Code/connectionFailed`` then, but
///   not for a slow response.
/// - `send` suspends and never blocks its thread, since requests that are due at the same time start on one thread, one
///   after the other. Name resolution, certificate checks and decompression run on other threads.
///
/// ## Connections
///
/// - A transport is used from many tasks at once, and by several clients. It supports as many concurrent requests per
///   host as a client's ``FetchLimits`` allow, 32 by default. Further requests may wait for a connection; this time
///   counts towards their timeout.
/// - A transport may reuse connections. It doesn't reuse a connection that the server has closed, or one after an
///   error, a cancelled request or unexpected bytes. If a reused connection fails before the first byte of the
///   response, the request may be sent once more immediately, on a new connection. The transport makes no other
///   retries, since the client schedules them.
/// - The creator of a transport shuts it down, not a client, since several clients may share it. A transport closes its
///   connections when it is deallocated, or documents how to shut it down before that.
///
/// ## Errors
///
/// - A request that can't be delivered, and a response that is incomplete or isn't HTTP, is reported as
///   ``FetchError/Code/connectionFailed``. A partial response is never returned. An invalid server certificate is
///   reported as ``FetchError/Code/untrustedServer``. Any other TLS failure may be transient, and is
///   ``FetchError/Code/connectionFailed``.
/// - The client reports an error that isn't a ``FetchError`` as ``FetchError/Code/connectionFailed``, with its
///   description and the key redacted.
/// - Errors, logs and other output contain no part of a request except the origin of its URL: path, query, header
///   fields and body may contain the key. They don't contain the response either, which may echo the key.
public protocol FetchTransport: Sendable {
    /// Sends a request and returns the response.
    ///
    /// - Parameter request: The complete request, including the key.
    /// - Returns: The response with its complete body, whatever its status.
    /// - Throws: ``FetchError`` if there is no complete response. Any error after cancellation of the task.
    func send(_ request: FetchRequest) async throws -> FetchResponse

    /// True if `send` itself throws ``FetchError/Code/requestTimeout`` after ``FetchRequest/timeout``. Defaults to
    /// `false`.
    ///
    /// If it is false, the client calls `send` in a task of its own, which it cancels in time and leaves behind if it
    /// doesn't end then. It omits that task if the value is true and the client uses the continuous clock, so a
    /// transport that returns late delays the end of a wait.
    var enforcesTimeout: Bool { get }

    /// True if the transport connects only to addresses that ``FetchRequest/addressPolicy`` allows, whatever a host
    /// name resolves to. Defaults to `false`.
    ///
    /// If it is false, the transport checks only the host as it is written in the URL.
    var enforcesAddressPolicy: Bool { get }
}

extension FetchTransport {
    /// The value `false`: the client cancels requests after their timeout.
    public var enforcesTimeout: Bool { false }

    /// The value `false`: the addresses of a host name aren't checked.
    public var enforcesAddressPolicy: Bool { false }
}
