/// A fault that a ``LoopbackServer`` injects into the exchange of a request and its response.
///
/// ```swift
/// let script = LoopbackScript([
///     .fault(.reset(.onAccept)),
///     .fault(.silence(.inBody(after: 10)), in: .json(#"{"status":"processing"}"#)),
///     .json(#"{"status":"success","output":["https://example.com/a.mp4"]}"#),
/// ])
/// ```
///
/// A valid HTTP response isn't a fault, even with an error status, a missing or repeated header field, or a body that
/// isn't JSON. Create those, and bytes that aren't HTTP, with ``LoopbackResponse``.
public struct LoopbackFault: Sendable, Hashable {
    enum Kind: Hashable {
        case end(Ending, LoopbackMoment)
        case announce(Int)
        case slow(bytes: Int, pause: Duration)
        case precede([Int])
        case gzip
        case gzipBomb(Int)
        case endless
    }

    enum Ending: Hashable {
        case close, reset, silence
    }

    let kind: Kind

    /// The server closes the connection in an orderly way (FIN), like a process that exits.
    public static func close(_ moment: LoopbackMoment) -> Self { Self(kind: .end(.close, moment)) }

    /// The server resets the connection (RST), like a host that crashes or a firewall.
    public static func reset(_ moment: LoopbackMoment) -> Self { Self(kind: .end(.reset, moment)) }

    /// The server keeps the connection open and sends nothing more until the client closes it or the server is stopped.
    public static func silence(_ moment: LoopbackMoment) -> Self { Self(kind: .end(.silence, moment)) }

    /// The `Content-Length` has this value, whatever the length of the body.
    ///
    /// If the value is larger than the body, the server closes the connection after the body. If it is smaller, the
    /// server sends the whole body and keeps the connection.
    public static func announcing(bodyBytes: Int) -> Self { Self(kind: .announce(bodyBytes)) }

    /// The body is sent in parts of `bytes` bytes, at least one, with a pause before each part.
    public static func slowBody(bytes: Int = 1, every pause: Duration) -> Self {
        Self(kind: .slow(bytes: max(bytes, 1), pause: pause))
    }

    /// Informational responses with these statuses, such as 100 or 103, precede the response.
    public static func preceded(by statuses: Int...) -> Self { Self(kind: .precede(statuses)) }

    /// The body is sent with `Content-Encoding: gzip`, even if the client doesn't accept it.
    public static var gzip: Self { Self(kind: .gzip) }

    /// The body is a truncated gzip stream that decompresses to `bytes` bytes, rounded up to a multiple of about one
    /// megabyte. Its own size is less than a hundredth of that.
    public static func gzipBomb(bytes: Int) -> Self { Self(kind: .gzipBomb(bytes)) }

    /// The body is repeated without a `Content-Length` until the client closes the connection or the server is stopped.
    public static var endlessBody: Self { Self(kind: .endless) }
}
