/// Carries one request to a server and its response back.
///
/// `URLSessionTransport` in FetchURLSession and `CurlTransport` in FetchCurl are transports. So is any other HTTP library, or a script in a
/// test, once it does what is written here:
///
/// ```swift
/// struct CannedTransport: FetchTransport {
///     func send(_ request: FetchRequest) async throws -> FetchResponse {
///         FetchResponse(status: 200, body: Data(#"{"status":"processing"}"#.utf8))
///     }
/// }
/// ```
///
/// `TransportConformance` in FetchTesting checks what a plain server on this machine can show, in three lines of a test.
///
/// ## The request
///
/// - Method, URL, header fields and body are sent as they are. Path and query keep their percent-encoding, and dot segments stay. Each header
///   field is sent once, an empty value as an empty value, and fields of one name apart, in their order.
/// - A body is sent with every method, GET included. A transport that can't do that, or can't send another request as it is, throws
///   ``FetchError/Code/malformedEndpoint`` and sends nothing.
/// - The transport adds what HTTP needs, such as `Host`, `Content-Length`, `User-Agent` and `Accept-Encoding`, unless the request has it. It
///   adds no credentials, cookies, conditions, `Referer` or trace identifiers.
///
/// ## The response
///
/// - It is returned whatever its status. A redirect isn't followed, a challenge (401, 407) isn't responded to, nothing is cached and no
///   cookie is kept. Informational responses (1xx) are skipped.
/// - Header fields are returned in the order in which they came, and those of one name apart, as far as the library keeps that.
///   URLSession joins fields of one name and loses the order, so an endpoint must rely on neither. Trailers may be dropped.
/// - The body is returned as it is. A transport may offer compression to the server; if it does, it returns the body decompressed.
/// - ``FetchRequest/responseLimit`` is that of the body after decompression. A larger body, or a `Content-Length` that announces one, ends the
///   request: the transport stops receiving, closes the connection and throws ``FetchRequest/responseTooLargeError``. It doesn't decompress first and
///   count afterwards. Header fields are bounded as well, by a limit of the transport's own.
///
/// ## Time and cancellation
///
/// - `send` ends as soon as its task is cancelled, and closes the request's connection, or its stream of HTTP/2. What it throws then doesn't matter: the client knows
///   whether the time was over or the caller cancelled, and reports the one as ``FetchError/Code/requestTimeout``, the other as
///   `CancellationError`.
/// - ``FetchRequest/timeout`` is the time of the whole exchange, from the call to the last byte, waiting for a connection included. The
///   client cancels a request that takes longer, unless ``enforcesTimeout`` says that the transport does. A transport may give up
///   sooner on a connection that isn't established, with ``FetchError/Code/connectionFailed``, but not on a response that is slow.
/// - `send` suspends and never blocks its thread: requests that are due together begin in one thread, one after the other. Names are
///   resolved, certificates checked and bodies decompressed elsewhere.
///
/// ## Connections
///
/// - A transport is used from many tasks at once, by several clients. It sends as many requests to one host at once as a client's
///   `FetchLimits` allow, 32 by default; further ones may wait for a connection, while their time runs.
/// - It may keep connections. One that was closed meanwhile isn't used, and after an error, a cancelled request or bytes that belong to no
///   request a connection isn't used again. When a kept connection turns out to be dead before anything of the response has come, the
///   request may be sent once more at once, on a new connection. There is no other retry: the client retries, and knows when.
/// - A transport is shut down by its creator, never by a client, which may share it with others. A transport that is released closes its
///   connections, or documents how it is shut down before that.
///
/// ## Errors
///
/// - A request that isn't delivered, and a response that breaks off or isn't HTTP, is ``FetchError/Code/connectionFailed``; no part of a
///   response is returned. A server whose certificate isn't valid is ``FetchError/Code/untrustedServer``; any other failure of TLS may pass.
/// - Any error that isn't a ``FetchError`` is taken for ``FetchError/Code/connectionFailed``, and quoted with the key redacted.
/// - Errors, logs and output hold nothing of a request but the origin of its URL: path, query, header fields and body may hold the key. Nor
///   do they quote a response, which may echo it.
public protocol FetchTransport: Sendable {
    /// Sends a request and returns the response.
    ///
    /// - Throws: ``FetchError``, and any error when the task is cancelled.
    func send(_ request: FetchRequest) async throws -> FetchResponse

    /// Whether `send` ends by itself when the request's time is over, with the code ``FetchError/Code/requestTimeout``.
    /// Defaults to `false`.
    ///
    /// A client needs a second task for each request to cancel it in time. It spares that if its clock is the real one and
    /// its transport keeps the time itself.
    var enforcesTimeout: Bool { get }
}

extension FetchTransport {
    /// `false`: the client cancels requests whose time is over.
    public var enforcesTimeout: Bool { false }
}
