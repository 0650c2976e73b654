import SystemLibrary

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A socket descriptor with the system calls that a server needs. The owner must close it exactly once.
package struct LoopbackSocket: Sendable {
    package let descriptor: Int32

    /// Returns a socket that is bound to 127.0.0.1 and a port that the kernel chose. It refuses connections until it
    /// listens.
    package static func bound() throws -> Self {
        let socket = Self(descriptor: try SystemFailure.check("socket", openStream()))
        do {
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            let size = socklen_t(MemoryLayout<sockaddr_in>.size)
            let bound = withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(socket.descriptor, $0, size) }
            }
            try SystemFailure.check("bind", bound)
            socket.closeOnExec()
            socket.setBlocking(false)
            return socket
        } catch {
            socket.close()
            throw error
        }
    }

    /// Starts to listen for connections.
    package func listen() throws {
        #if canImport(Darwin)
            try SystemFailure.check("listen", Darwin.listen(descriptor, SOMAXCONN))
        #elseif canImport(Musl)
            try SystemFailure.check("listen", Musl.listen(descriptor, SOMAXCONN))
        #else
            try SystemFailure.check("listen", Glibc.listen(descriptor, SOMAXCONN))
        #endif
    }

    /// Returns the port to which the socket is bound.
    package func port() throws -> UInt16 {
        var address = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
        }
        try SystemFailure.check("getsockname", result)
        return UInt16(bigEndian: address.sin_port)
    }

    /// Returns the next pending connection as a blocking socket, or `nil` if none is pending.
    package func accepted() -> Self? {
        let connection = accept(descriptor, nil, nil)
        guard connection >= 0 else { return nil }
        let socket = Self(descriptor: connection)
        socket.closeOnExec()
        // On some systems, accepted connections inherit the listener's flags.
        socket.setBlocking(true)
        socket.setOption(level: Int32(IPPROTO_TCP), name: TCP_NODELAY)
        #if canImport(Darwin)
            socket.setOption(level: SOL_SOCKET, name: SO_NOSIGPIPE)
        #endif
        return socket
    }

    /// Returns the available bytes, and blocks until there is at least one. Returns no bytes if the connection is
    /// closed or lost.
    package func receive(atMost count: Int = 64 << 10) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            filled = max(Self.retryingInterrupted { recv(descriptor, buffer.baseAddress, count, 0) }, 0)
        }
    }

    /// Sends all bytes and blocks until they are sent. Returns false if the connection is lost.
    package func send(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { buffer in
            var start = 0
            while start < buffer.count {
                let remaining = UnsafeRawBufferPointer(rebasing: buffer[start...])
                let sent = Self.retryingInterrupted { sendWithoutSignal(remaining) }
                guard sent > 0 else { return false }
                start += sent
            }
            return true
        }
    }

    /// Closes the sending side and waits until the peer closes its side. Closing immediately with unread bytes would
    /// reset the connection, and the peer might lose the end of the response.
    package func finish() {
        _ = shutdown(descriptor, Int32(SHUT_WR))
        drain()
    }

    /// Discards received bytes until the peer closes the connection.
    package func drain() {
        while !receive().isEmpty {}
    }

    /// Shuts down both directions, which ends blocking calls on the socket. The descriptor stays open.
    package func shutDown() { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }

    /// Makes ``close()`` reset the connection (RST) instead of closing it in an orderly way.
    package func resetWhenClosed() {
        var lingering = linger(l_onoff: 1, l_linger: 0)
        _ = setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &lingering, socklen_t(MemoryLayout<linger>.size))
    }

    package func close() { closeDescriptor(descriptor) }
}

extension LoopbackSocket {
    private static func openStream() -> Int32 {
        #if canImport(Darwin) || canImport(Musl)
            socket(AF_INET, SOCK_STREAM, 0)
        #else
            socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #endif
    }

    /// Sends bytes without SIGPIPE. A lost connection is an error of the call.
    private func sendWithoutSignal(_ bytes: UnsafeRawBufferPointer) -> Int {
        #if canImport(Darwin)
            Darwin.send(descriptor, bytes.baseAddress, bytes.count, 0)
        #elseif canImport(Musl)
            Musl.send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
        #else
            Glibc.send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
        #endif
    }

    private func setOption(level: Int32, name: Int32) {
        var on: Int32 = 1
        _ = setsockopt(descriptor, level, name, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    private func setBlocking(_ blocks: Bool) {
        let flags = fcntl(descriptor, F_GETFL)
        _ = fcntl(descriptor, F_SETFL, blocks ? flags & ~O_NONBLOCK : flags | O_NONBLOCK)
    }

    private func closeOnExec() { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }

    private static func retryingInterrupted(_ call: () -> Int) -> Int {
        while true {
            let result = call()
            if result >= 0 || errno != EINTR { return result }
        }
    }
}
