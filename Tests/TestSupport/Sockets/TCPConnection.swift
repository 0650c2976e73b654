package import Foundation

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A blocking TCP connection to a port of this machine, closed when it is released.
///
/// Sends and receives block the calling thread, so they belong on threads of their own: the server under test needs the
/// few threads of Swift and Dispatch.
package final class TCPConnection: Sendable {
    /// A failure to connect, such as a refusal.
    package struct Refused: Error {}

    private let descriptor: Int32

    /// Connects to a port of 127.0.0.1.
    ///
    /// - Throws: ``Refused`` if no server listens on the port.
    package init(port: UInt16) throws {
        descriptor = TCPListener.newSocket()
        var address = TCPListener.loopbackAddress(port: port)
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        // The object is complete, so `deinit` closes the descriptor.
        guard connected == 0 else { throw Refused() }
        preventSignals()
    }

    /// Creates the connection of an accepted socket, and takes ownership of its descriptor.
    package init(accepted descriptor: Int32) {
        self.descriptor = descriptor
        preventSignals()
    }

    deinit { _ = close(descriptor) }

    /// True if the peer has sent bytes or closed the connection.
    package var isReadable: Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&entry, 1, 0) != 0
    }

    /// Sends all bytes. Returns false if the connection is lost.
    @discardableResult
    package func send(_ bytes: Data) -> Bool {
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
            guard sent > 0 else { return false }
            remaining = remaining.dropFirst(sent)
        }
        return true
    }

    /// Blocks until there is at least one byte, or until the stream ends.
    ///
    /// - Parameter count: The maximum number of bytes.
    /// - Returns: The bytes: none at the end of the stream, `nil` if the connection is lost.
    package func receive(atMost count: Int = 64 << 10) -> Data? {
        var buffer = [UInt8](repeating: 0, count: count)
        let received = recv(descriptor, &buffer, count, 0)
        return received >= 0 ? Data(buffer[..<received]) : nil
    }

    /// Closes the sending side. The peer receives the end of the stream.
    package func finish() { _ = shutdown(descriptor, Int32(SHUT_WR)) }

    /// Closes both sides, which ends blocking calls on other threads. The descriptor stays open until the release.
    package func shutDown() { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }

    /// Makes a send on a lost connection fail instead of ending the process.
    private func preventSignals() {
        #if canImport(Darwin)
            var on: Int32 = 1
            _ = setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &on, socklen_t(MemoryLayout<Int32>.size))
        #endif
    }
}
