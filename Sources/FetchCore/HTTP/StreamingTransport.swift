/// A transport that returns the body of a response while it is received, in constant memory.
///
/// `CurlTransport` in FetchCurl and `URLSessionTransport` in FetchURLSession conform. To use another HTTP library,
/// follow the rules of ``FetchTransport`` and those below. A ``StreamedResponse/Body`` can be created from bytes, or
/// from any asynchronous sequence of chunks:
///
/// ```swift
/// func stream(_ request: FetchRequest) async throws -> StreamedResponse {
///     StreamedResponse(status: 200, body: StreamedResponse.Body(Data("result".utf8)))
/// }
/// ```
///
/// `TransportConformance` in FetchTesting checks the rules that a local plain-http server can observe.
///
/// ## The request
///
/// The request, redirects, statuses, header fields, connections and errors are subject to the rules of
/// ``FetchTransport``. In addition:
///
/// - If the request has the header field `Accept-Encoding: identity`, that field is sent, nothing else is offered, and
///   the body isn't decoded. If the server compresses nevertheless, the body is returned as received, and the response
///   keeps its `Content-Encoding`, by which the reader recognises it.
/// - Otherwise the transport may offer compression, and returns the decompressed body.
///
/// ## The head
///
/// - `stream` returns as soon as the last head of the response is received, and doesn't wait for the body.
/// - ``FetchRequest/timeout`` is the time from the call to the head, including the wait for a connection. The transport
///   itself throws ``FetchError/Code/requestTimeout`` then, whatever ``FetchTransport/enforcesTimeout`` is. After the
///   head there is no timeout: the reader limits the time of the body by cancelling its task.
/// - If the task is cancelled before the head, `stream` ends at once and closes the connection or the HTTP/2 stream.
///
/// ## The body
///
/// - The body consists of the received bytes in order, in chunks of any size above zero.
/// - At most ``StreamedResponse/maximumUnreadBytes`` are received ahead of the reader. A slow reader slows the server
///   down. It doesn't delay other requests.
/// - ``FetchRequest/responseLimit`` counts the bytes of the body, after decompression. If its `Content-Length` exceeds
///   the limit, `stream` throws ``FetchRequest/responseTooLargeError``. If the body itself exceeds it, `next()` throws
///   that error after at most that number of bytes, and the connection is closed.
/// - If the body is incomplete, `next()` returns all bytes before the end and then throws
///   ``FetchError/Code/connectionFailed``, so that a download can continue from there. An incomplete body never ends
///   with `nil`.
/// - A response to HEAD, and one with status 204 or 304, has an empty body.
/// - If the body is released or the iteration is left before its end, or if the reading task is cancelled, the
///   connection or HTTP/2 stream is closed.
/// - The body can be read after the transport is released. If the transport is shut down, `next()` throws
///   ``FetchError/Code/connectionFailed``.
public protocol StreamingTransport: FetchTransport {
    /// Sends a request and returns as soon as the head of the response is received.
    ///
    /// - Parameter request: The complete request. ``FetchRequest/timeout`` counts until the head.
    /// - Returns: The head of the response, whatever its status, and the body to read.
    /// - Throws: ``FetchError`` if there is no head. Any error after cancellation of the task.
    func stream(_ request: FetchRequest) async throws -> StreamedResponse
}
