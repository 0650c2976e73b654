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
    /// The array for `poll`. The first entry is the mailbox's pipe.
    var polled: [pollfd]
    /// The sockets, indexed by descriptor. Descriptors are small numbers.
    private var sockets: [CurlSocket?] = []
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

    subscript(descriptor: Int32) -> CurlSocket? {
        sockets.indices.contains(Int(descriptor)) ? sockets[Int(descriptor)] : nil
    }

    /// Returns the descriptors of the sockets that satisfy a condition.
    func descriptors(where condition: (CurlSocket) -> Bool) -> [Int32] {
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
        let socket = socket(descriptor, of: multi)
        polled[socket.index] = pollfd(fd: descriptor, events: events, revents: 0)
        socket.isIdle = false
        guard let handle else { return }
        socket.handle = handle
        if let transfer = handle.transfer { socket.target = transfer.target }
    }

    /// Polls an idle HTTP/1 connection for unsolicited bytes or its end, either of which rules out its reuse.
    mutating func watchIdle(_ descriptor: Int32) {
        guard let socket = self[descriptor] else { return }
        polled[socket.index] = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        socket.isIdle = true
        socket.isHTTP1 = true
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
        sockets[Int(descriptor)] = nil
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

    /// Returns the socket with a descriptor, and adds it if libcurl has opened it since.
    private mutating func socket(_ descriptor: Int32, of multi: CurlMulti) -> CurlSocket {
        if let socket = self[descriptor], socket.multi === multi { return socket }
        remove(descriptor)
        let socket = CurlSocket(multi: multi, index: polled.count)
        polled.append(pollfd())
        while sockets.count <= descriptor { sockets.append(nil) }
        sockets[Int(descriptor)] = socket
        return socket
    }
}

/// Makes a descriptor a duplicate of another one, with close-on-exec set. What it referred to before is closed.
func replaceDescriptor(_ descriptor: Int32, with other: Int32) {
    // Swift doesn't import dup3, which does both in one call.
    dup2(other, descriptor)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
}
