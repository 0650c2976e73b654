import Foundation
import Synchronization

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A blocking TCP connection to a local port.
final class ReferenceConnection: Sendable {
    private let descriptor: Int32
    private let state = Mutex((buffer: Data(), hasReceived: false))

    init(port: UInt16) throws {
        #if canImport(Darwin) || canImport(Musl)
            descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #else
            descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        address.sin_port = port.bigEndian
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { throw ReferenceFailure.refused }
    }

    deinit { _ = close(descriptor) }

    /// True if bytes have been received since the last send.
    var hasReceived: Bool { state.withLock(\.hasReceived) }

    /// The bytes that have been received and not parsed yet.
    var unreadBytes: Data { state.withLock(\.buffer) }

    /// True if the server has sent bytes or closed the connection.
    var isReadable: Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&entry, 1, 0) != 0
    }

    func shutDown() { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }

    func send(_ bytes: Data) throws {
        state.withLock { $0.hasReceived = false }
        var remaining = bytes
        while !remaining.isEmpty {
            let sent = remaining.withUnsafeBytes { buffer in
                #if canImport(Darwin)
                    Darwin.send(descriptor, buffer.baseAddress, buffer.count, 0)
                #elseif canImport(Musl)
                    Musl.send(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_NOSIGNAL))
                #else
                    Glibc.send(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_NOSIGNAL))
                #endif
            }
            guard sent > 0 else { throw ReferenceFailure.reset }
            remaining = remaining.dropFirst(sent)
        }
    }

    /// Returns at least one byte, or no bytes at the end of the stream.
    func receive() throws -> Data {
        let kept = state.withLock { state in
            defer { state.buffer = Data() }
            return state.buffer
        }
        guard kept.isEmpty else { return kept }
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        guard count >= 0 else { throw ReferenceFailure.reset }
        if count > 0 { state.withLock { $0.hasReceived = true } }
        return Data(buffer[..<count])
    }

    /// Puts back bytes of the next response.
    func unread(_ bytes: Data) { state.withLock { $0.buffer = bytes } }
}

/// A pool of idle connections. With `leaks`, it never closes them.
final class ReferencePool: Sendable {
    private let leaks: Bool
    private let idle = Mutex<[(port: UInt16, connection: ReferenceConnection)]>([])

    init(leaks: Bool) { self.leaks = leaks }

    deinit {
        guard leaks else { return }
        for entry in idle.withLock({ $0 }) { _ = Unmanaged.passRetained(entry.connection) }
    }

    func insert(_ connection: ReferenceConnection, _ port: UInt16) { idle.withLock { $0.append((port, connection)) } }

    /// Removes and returns an idle connection, checked unless `trusting` is true. Returns `nil` if there is none.
    func take(_ port: UInt16, trusting: Bool) -> ReferenceConnection? {
        idle.withLock { idle in
            while let index = idle.lastIndex(where: { $0.port == port }) {
                let connection = idle.remove(at: index).connection
                if trusting || !connection.unreadBytes.isEmpty || !connection.isReadable { return connection }
            }
            return nil
        }
    }
}
