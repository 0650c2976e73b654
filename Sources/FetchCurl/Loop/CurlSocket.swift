/// A socket opened by libcurl. Only the event loop's thread may use it.
final class CurlSocket {
    /// The multi handle that owns the connection.
    let multi: CurlMulti
    /// The handle of the transfer for which libcurl last requested events on the socket.
    var handle: CurlHandle?
    /// The server of that transfer.
    var target: TransferTarget?
    /// The time when the socket was added, in nanoseconds of the monotonic clock.
    let opened = MonotonicTime.now
    /// True if bytes have been readable, which means that the socket is connected and libcurl still has it open.
    var isEstablished = false
    /// True if a watched call has read from the socket.
    var hasRead = false
    /// True if the socket has carried an HTTP/1 response.
    var isHTTP1 = false
    /// True if the connection may be an HTTP/2 connection.
    var canMultiplex: Bool { !isHTTP1 && !multi.group.isStreamed }
    /// True while the connection is kept open without a request.
    var isIdle = false
    /// The index in ``SocketTable/polled``.
    var index: Int

    init(multi: CurlMulti, index: Int) {
        self.multi = multi
        self.index = index
    }
}
