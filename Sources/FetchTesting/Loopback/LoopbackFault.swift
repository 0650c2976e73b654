/// What goes wrong with an answer of a ``LoopbackServer``.
///
/// ```swift
/// let script = LoopbackScript([
///     .fault(.reset(.onAccept)),
///     .fault(.silence(.inBody(after: 10)), in: .json(#"{"status":"processing"}"#)),
///     .json(#"{"status":"success","output":["https://example.com/a.mp4"]}"#),
/// ])
/// ```
///
/// What an HTTP server may answer, however unwelcome, is no fault but a response: a status, a missing or a second header field, a
/// body that isn't JSON. ``LoopbackAnswer`` has those, and bytes that aren't HTTP at all.
public struct LoopbackFault: Sendable, Hashable {
    enum Kind: Hashable {
        case end(Ending, LoopbackMoment)
        case announce(Int)
        case slow(bytes: Int, pause: Duration)
        case precede([Int])
        case pack
        case bomb(Int)
        case endless
    }

    enum Ending: Hashable {
        case close, reset, silence
    }

    let kind: Kind

    /// The server closes the connection in good order, as a process does that ends.
    public static func close(_ moment: LoopbackMoment) -> Self { Self(kind: .end(.close, moment)) }

    /// The server resets the connection, as one does that crashes, or a firewall in between.
    public static func reset(_ moment: LoopbackMoment) -> Self { Self(kind: .end(.reset, moment)) }

    /// The server keeps the connection and says nothing more, until the client closes it or the server is stopped.
    public static func silence(_ moment: LoopbackMoment) -> Self { Self(kind: .end(.silence, moment)) }

    /// The `Content-Length` says this, whatever is true.
    ///
    /// Where it says more than there is, the connection is closed behind the body. Where it says less, the body is sent
    /// all the same, and the connection kept.
    public static func announcing(bodyBytes: Int) -> Self { Self(kind: .announce(bodyBytes)) }

    /// The body comes in small parts, each so long after the one before.
    public static func slowBody(bytes: Int = 1, every pause: Duration) -> Self {
        Self(kind: .slow(bytes: max(bytes, 1), pause: pause))
    }

    /// Answers that say that the answer is still to come, such as 100 or 103, stand in front of it.
    public static func preceded(by statuses: Int...) -> Self { Self(kind: .precede(statuses)) }

    /// The body is packed as gzip, which is announced. That is no fault of the server, but one of clients that can't read it.
    public static var gzip: Self { Self(kind: .pack) }

    /// The body is a gzip stream that is unpacked to so many bytes, rounded up to full megabytes, from less than a hundredth of
    /// them. Then it breaks off.
    public static func gzipBomb(bytes: Int) -> Self { Self(kind: .bomb(bytes)) }

    /// The body is sent again and again, without a `Content-Length`, until the client closes the connection or the server is stopped.
    public static var endlessBody: Self { Self(kind: .endless) }
}
