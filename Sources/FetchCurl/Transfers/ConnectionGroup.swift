/// The transfers that share connections, because they treat them in the same way.
///
/// Each group has multi handles of its own, and therefore its own connections, name cache and limit of connections.
struct ConnectionGroup: Sendable, Hashable {
    /// True for transfers whose body is streamed, over HTTP/1.1.
    ///
    /// Over HTTP/2, libcurl can receive 10 MiB and more on a paused stream, and before version 8 such a stream stops
    /// the other ones of its connection. Over HTTP/1.1, the socket of a paused transfer isn't read, and TCP slows the
    /// server down. Connections that are paused for long don't count towards the limit of other requests.
    let isStreamed: Bool

    /// True for transfers that may connect only to public addresses. A connection that was opened without this
    /// restriction must not be reused.
    let isRestricted: Bool

    /// True if libcurl keeps the addresses of a name between transfers. In the other groups, each transfer has the
    /// addresses with it.
    var usesNameCacheOfLibrary: Bool { !isStreamed && !isRestricted }
}
