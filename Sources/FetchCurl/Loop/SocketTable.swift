import SystemLibrary

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The sockets of a session, as a table by descriptor and as the array for `poll`.
struct SocketTable {
    /// A socket opened by libcurl.
    struct Socket {
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
        /// True while the connection is kept open without a request.
        var isIdle = false
        /// The index in ``SocketTable/polled``.
        fileprivate var index: Int
    }

    /// The array for `poll`. The first entry is the mailbox's pipe.
    var polled: [pollfd]
    /// The sockets, indexed by descriptor. Descriptors are small numbers.
    private var sockets: [Socket?] = []
    /// A socket at end of file, with which connections are replaced that must not be reused; `nil` if the system has no
    /// descriptor.
    let endOfFile: Int32?

    init(wakingBy pipe: Int32) {
        polled = [pollfd(fd: pipe, events: Int16(POLLIN), revents: 0)]
        var pair: [Int32] = [-1, -1]
        #if canImport(Glibc)
            let kind = Int32(SOCK_STREAM.rawValue)
        #else
            let kind = SOCK_STREAM
        #endif
        guard socketpair(AF_UNIX, kind, 0, &pair) == 0 else {
            endOfFile = nil
            return
        }
        for end in pair { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        closeDescriptor(pair[1])
        endOfFile = pair[0]
    }

    /// Closes ``endOfFile``. libcurl closes its own sockets.
    func close() {
        if let endOfFile { closeDescriptor(endOfFile) }
    }

    subscript(descriptor: Int32) -> Socket? {
        get { sockets.indices.contains(Int(descriptor)) ? sockets[Int(descriptor)] : nil }
        _modify {
            while sockets.count <= descriptor { sockets.append(nil) }
            yield &sockets[Int(descriptor)]
        }
    }

    /// Returns the descriptors of the sockets that satisfy a condition.
    func descriptors(where condition: (Socket) -> Bool) -> [Int32] {
        sockets.indices.filter { sockets[$0].map(condition) ?? false }.map(Int32.init)
    }

    /// Returns true if a descriptor is in the table and has bytes to read.
    func hasBytes(_ descriptor: Int32) -> Bool {
        var byte: UInt8 = 0
        return self[descriptor] != nil && recv(descriptor, &byte, 1, Int32(MSG_PEEK)) > 0
    }

    /// Polls a socket for the events that libcurl has requested.
    mutating func watch(_ descriptor: Int32, for action: Int32, handle: CurlHandle?, of multi: CurlMulti) {
        var events: Int16 = 0
        if action & CurlValue.pollIn != 0 { events |= Int16(POLLIN) }
        if action & CurlValue.pollOut != 0 { events |= Int16(POLLOUT) }
        if self[descriptor]?.multi !== multi {
            remove(descriptor)
            self[descriptor] = Socket(multi: multi, index: polled.count)
            polled.append(pollfd())
        }
        setEvents(events, of: descriptor)
        self[descriptor]?.isIdle = false
        guard let handle else { return }
        self[descriptor]?.handle = handle
        if let transfer = handle.transfer { self[descriptor]?.target = transfer.target }
    }

    /// Polls an idle HTTP/1 connection for unsolicited bytes or its end, either of which rules out its reuse.
    mutating func watchIdle(_ descriptor: Int32) {
        setEvents(Int16(POLLIN), of: descriptor)
        self[descriptor]?.isIdle = true
        self[descriptor]?.isHTTP1 = true
    }

    /// Stops polling a socket that stays open.
    mutating func ignore(_ descriptor: Int32) {
        guard let index = self[descriptor]?.index else { return }
        // `poll` skips negative descriptors.
        polled[index] = pollfd(fd: ~descriptor, events: 0, revents: 0)
    }

    /// Removes a closed socket.
    mutating func remove(_ descriptor: Int32) {
        guard let index = self[descriptor]?.index else { return }
        self[descriptor] = nil
        let last = polled.removeLast()
        guard index < polled.count else { return }
        polled[index] = last
        self[last.fd >= 0 ? last.fd : ~last.fd]?.index = index
    }

    /// Closes a connection by replacing its socket with one at end of file.
    ///
    /// libcurl owns the descriptor and has no function that closes a connection. It closes this one when it reads the
    /// end of file.
    mutating func retire(_ descriptor: Int32) {
        guard let endOfFile, let socket = self[descriptor] else { return }
        replaceDescriptor(descriptor, with: endOfFile)
        if socket.isIdle { ignore(descriptor) }
    }

    private mutating func setEvents(_ events: Int16, of descriptor: Int32) {
        guard let index = self[descriptor]?.index else { return }
        polled[index] = pollfd(fd: descriptor, events: events, revents: 0)
    }
}

/// Makes a descriptor a duplicate of another one, with close-on-exec set. What it referred to before is closed.
func replaceDescriptor(_ descriptor: Int32, with other: Int32) {
    // Swift doesn't import dup3, which does both in one call.
    dup2(other, descriptor)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
}
