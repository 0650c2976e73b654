#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A socket's descriptor, and the system calls on it that a server needs. Whoever holds it closes it, once.
package struct LoopbackSocket: Sendable {
    package let descriptor: Int32

    /// A socket that is bound to 127.0.0.1, at a port of the kernel's choice. Until it listens, connections are refused.
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

    /// Lets connections come.
    package func listen() throws {
        #if canImport(Darwin)
            try SystemFailure.check("listen", Darwin.listen(descriptor, SOMAXCONN))
        #elseif canImport(Musl)
            try SystemFailure.check("listen", Musl.listen(descriptor, SOMAXCONN))
        #else
            try SystemFailure.check("listen", Glibc.listen(descriptor, SOMAXCONN))
        #endif
    }

    /// The port that the socket is bound to.
    package func port() throws -> UInt16 {
        var address = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
        }
        try SystemFailure.check("getsockname", result)
        return UInt16(bigEndian: address.sin_port)
    }

    /// The next connection, or nil where there is none at the moment.
    package func accepted() -> Self? {
        let connection = accept(descriptor, nil, nil)
        guard connection >= 0 else { return nil }
        let socket = Self(descriptor: connection)
        socket.closeOnExec()
        // Some systems hand the listener's flags on to its connections.
        socket.setBlocking(true)
        socket.setOption(level: Int32(IPPROTO_TCP), name: TCP_NODELAY)
        #if canImport(Darwin)
            socket.setOption(level: SOL_SOCKET, name: SO_NOSIGPIPE)
        #endif
        return socket
    }

    /// The bytes that are there, at least one, after waiting for them. None when the connection is closed or lost.
    package func receive(atMost count: Int = 64 << 10) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            filled = max(Self.repeatingInterrupted { recv(descriptor, buffer.baseAddress, count, 0) }, 0)
        }
    }

    /// Sends all of the bytes; false when the connection is lost.
    package func send(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { buffer in
            var start = 0
            while start < buffer.count {
                let rest = UnsafeRawBufferPointer(rebasing: buffer[start...])
                let sent = Self.repeatingInterrupted { sendWithoutSignal(rest) }
                guard sent > 0 else { return false }
                start += sent
            }
            return true
        }
    }

    /// Says that nothing more is coming, and waits until the other side closes. To close at once, with bytes unread,
    /// would destroy an answer that is still on its way.
    package func finish() {
        _ = shutdown(descriptor, Int32(SHUT_WR))
        drain()
    }

    /// Drops what comes, until the other side closes.
    package func drain() {
        while !receive().isEmpty {}
    }

    /// Ends the connection in both directions, so that whoever waits on it goes on. The descriptor stays.
    package func shutDown() { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }

    /// Has the connection reset when it is closed, instead of ended in good order.
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

    /// A connection that is lost is an error of this call, not a signal that ends the process.
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

    private static func repeatingInterrupted(_ call: () -> Int) -> Int {
        while true {
            let result = call()
            if result >= 0 || errno != EINTR { return result }
        }
    }
}
