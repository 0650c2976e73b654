import Foundation

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A listening socket on 127.0.0.1 and a port that the system chose.
///
/// The owner of the value closes it exactly once.
package struct TCPListener: Sendable {
    package let descriptor: Int32
    package let port: UInt16

    /// Starts to listen.
    ///
    /// - Throws: `POSIXError` if the socket can't be opened.
    package init() throws {
        let descriptor = Self.newSocket()
        var address = Self.loopbackAddress(port: 0)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, size) == 0 && listen(descriptor, SOMAXCONN) == 0
                    && getsockname(descriptor, address, &size) == 0
            }
        }
        guard descriptor >= 0, isListening else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        self.descriptor = descriptor
        port = UInt16(bigEndian: address.sin_port)
    }

    /// Blocks until a client connects. Returns the descriptor of the connection, or `nil` after a failure.
    package func accept() -> Int32? {
        #if canImport(Darwin)
            let connection = Darwin.accept(descriptor, nil, nil)
        #elseif canImport(Musl)
            let connection = Musl.accept(descriptor, nil, nil)
        #else
            let connection = Glibc.accept(descriptor, nil, nil)
        #endif
        guard connection >= 0 else { return nil }
        Self.closeOnExec(connection)
        return connection
    }

    /// Stops to listen.
    package func stop() { _ = close(descriptor) }

    /// Returns a new TCP socket, or a negative number if there are no descriptors left.
    static func newSocket() -> Int32 {
        #if canImport(Darwin) || canImport(Musl)
            let descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #else
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #endif
        closeOnExec(descriptor)
        return descriptor
    }

    /// Keeps a socket out of the programs that other tests start, which would hold the connection open after its end.
    private static func closeOnExec(_ descriptor: Int32) { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }

    static func loopbackAddress(port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        address.sin_port = port.bigEndian
        return address
    }
}
