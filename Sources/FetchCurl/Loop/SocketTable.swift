#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The sockets of a session, in the form that `poll` takes.
struct SocketTable {
    /// A socket of libcurl's.
    struct Socket {
        /// The multi handle that the socket's connection belongs to.
        let multi: CurlMulti
        /// The handle whose transfer libcurl last named with the socket.
        var handle: CurlHandle?
        var target: TransferTarget?
        /// The time of the first use, in nanoseconds of the monotonic clock.
        let opened = MonotonicTime.now
        /// True if there was something to read, so that it is connected and still libcurl's.
        var isEstablished = false
        /// True if a watched call read from it.
        var hasRead = false
        /// True if responses of HTTP/1 came over it.
        var isHTTP1 = false
        /// True if it is kept without a request on it.
        var isIdle = false
        /// The place among those that `poll` takes.
        fileprivate var place: Int
    }

    /// For `poll`; the first is the loop's own pipe.
    var polled: [pollfd]
    /// The sockets by their descriptors, which are small numbers.
    private var sockets: [Socket?] = []
    /// A socket at its end: what a connection is replaced with that is not to be used again.
    let ended: Int32?

    init(wakingBy pipe: Int32) {
        polled = [pollfd(fd: pipe, events: Int16(POLLIN), revents: 0)]
        var pair: [Int32] = [-1, -1]
        #if canImport(Glibc)
            let kind = Int32(SOCK_STREAM.rawValue)
        #else
            let kind = SOCK_STREAM
        #endif
        guard socketpair(AF_UNIX, kind, 0, &pair) == 0 else {
            ended = nil
            return
        }
        for end in pair { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        closeDescriptor(pair[1])
        ended = pair[0]
    }

    /// Closes what the table opened itself. libcurl closes the sockets.
    func close() {
        if let ended { closeDescriptor(ended) }
    }

    subscript(descriptor: Int32) -> Socket? {
        get { sockets.indices.contains(Int(descriptor)) ? sockets[Int(descriptor)] : nil }
        _modify {
            while sockets.count <= descriptor { sockets.append(nil) }
            yield &sockets[Int(descriptor)]
        }
    }

    /// The descriptors of the sockets that satisfy a condition.
    func descriptors(where condition: (Socket) -> Bool) -> [Int32] {
        sockets.indices.filter { sockets[$0].map(condition) ?? false }.map(Int32.init)
    }

    /// True if a socket of the table has bytes to read.
    func hasBytes(_ descriptor: Int32) -> Bool {
        var byte: UInt8 = 0
        return self[descriptor] != nil && recv(descriptor, &byte, 1, Int32(MSG_PEEK)) > 0
    }

    /// Watches a socket for what libcurl wants to know of it.
    mutating func watch(_ descriptor: Int32, for action: Int32, handle: CurlHandle?, of multi: CurlMulti) {
        var events: Int16 = 0
        if action & CurlValue.pollIn != 0 { events |= Int16(POLLIN) }
        if action & CurlValue.pollOut != 0 { events |= Int16(POLLOUT) }
        if self[descriptor]?.multi !== multi {
            remove(descriptor)
            self[descriptor] = Socket(multi: multi, place: polled.count)
            polled.append(pollfd())
        }
        setEvents(events, of: descriptor)
        self[descriptor]?.isIdle = false
        guard let handle else { return }
        self[descriptor]?.handle = handle
        if let transfer = handle.transfer { self[descriptor]?.target = transfer.target }
    }

    /// Watches a connection of HTTP/1 that no request is on: whatever can be read from it, it can't be used again.
    mutating func watchIdle(_ descriptor: Int32) {
        setEvents(Int16(POLLIN), of: descriptor)
        self[descriptor]?.isIdle = true
        self[descriptor]?.isHTTP1 = true
    }

    /// Stops watching a socket that stays open.
    mutating func ignore(_ descriptor: Int32) {
        guard let place = self[descriptor]?.place else { return }
        // `poll` passes negative descriptors over.
        polled[place] = pollfd(fd: ~descriptor, events: 0, revents: 0)
    }

    /// Forgets a socket that is closed.
    mutating func remove(_ descriptor: Int32) {
        guard let place = self[descriptor]?.place else { return }
        self[descriptor] = nil
        let last = polled.removeLast()
        guard place < polled.count else { return }
        polled[place] = last
        self[last.fd >= 0 ? last.fd : ~last.fd]?.place = place
    }

    /// Closes a connection and puts one in its place that has come to its end, so that libcurl, whose descriptor it is, finds
    /// it closed: there is no call to have libcurl close one.
    mutating func retire(_ descriptor: Int32) {
        guard let ended, let socket = self[descriptor] else { return }
        replaceDescriptor(descriptor, with: ended)
        if socket.isIdle { ignore(descriptor) }
    }

    private mutating func setEvents(_ events: Int16, of descriptor: Int32) {
        guard let place = self[descriptor]?.place else { return }
        polled[place] = pollfd(fd: descriptor, events: events, revents: 0)
    }
}

func closeDescriptor(_ descriptor: Int32) {
    #if canImport(Darwin)
        _ = Darwin.close(descriptor)
    #elseif canImport(Musl)
        _ = Musl.close(descriptor)
    #else
        _ = Glibc.close(descriptor)
    #endif
}

/// Closes a descriptor and has it stand for another one, which programs that the process starts don't inherit.
func replaceDescriptor(_ descriptor: Int32, with other: Int32) {
    // Swift doesn't declare dup3, which would do both at once.
    dup2(other, descriptor)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
}
