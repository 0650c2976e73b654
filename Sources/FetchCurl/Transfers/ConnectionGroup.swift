/// The transfers that share connections, because they treat them in the same way.
///
/// Each group has multi handles of its own, and therefore its own connections, name cache and limit of connections.
struct ConnectionGroup: Sendable, Hashable {
    /// True for transfers whose body is streamed, over HTTP/1.1.
    ///
    /// libcurl can't limit what it receives on a paused HTTP/2 stream, and in some versions a paused stream stops the
    /// other ones of its connection. Over HTTP/1.1, a paused transfer isn't read from its socket, and TCP slows the server
    /// down. Connections that are paused for long don't count towards the limit of other requests.
    let isStreamed: Bool

    /// True for transfers that may connect only to public addresses. A connection that was opened without this
    /// restriction must not be reused.
    let isRestricted: Bool

    /// True if libcurl keeps the addresses of a name between transfers. In the other groups, each transfer has the
    /// addresses with it.
    var usesNameCacheOfLibrary: Bool { !isStreamed && !isRestricted }
}
