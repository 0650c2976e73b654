import Foundation

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A server on 127.0.0.1 that sends the same response to every request.
///
/// One thread serves all connections, so that the server uses at most one processor.
struct ResponseServer: Sendable {
    /// The port, which the system has chosen.
    let port: UInt16

    private let listener: Int32
    private let message: [UInt8]

    /// Creates a listening server. ``run()`` accepts the connections.
    ///
    /// - Parameter body: The body of every response.
    /// - Throws: `POSIXError` if the socket can't be opened.
    init(body: String) throws {
        let head = [
            "HTTP/1.1 200 OK", "Date: Sat, 21 Nov 2026 10:00:00 GMT", "Content-Type: application/json", "Server: nginx",
            "Vary: Accept-Encoding", "Content-Length: \(body.utf8.count)", "", "",
        ]
        message = Array((head.joined(separator: "\r\n") + body).utf8)
        #if canImport(Darwin) || canImport(Musl)
            listener = socket(AF_INET, SOCK_STREAM, 0)
        #else
            listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) { [listener] in
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, size) == 0 && listen(listener, SOMAXCONN) == 0
                    && getsockname(listener, address, &size) == 0
            }
        }
        guard listener >= 0, isListening else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        port = UInt16(bigEndian: address.sin_port)
        Self.prepare(listener)
    }

    /// Serves connections forever. Throws `POSIXError` if the sockets can't be polled.
    func run() throws {
        let sockets = try ReadableSockets()
        guard sockets.add(listener) else { throw POSIXError(.EMFILE) }
        let connections = ResponseConnections(message: message)
        while true {
            sockets.wait { socket in
                guard socket == listener else { return connections.serve(socket) }
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { return }
                Self.prepare(connection)
                if !sockets.add(connection) { close(connection) }
            }
        }
    }

    /// Makes a socket non-blocking and disables Nagle's algorithm.
    private static func prepare(_ socket: Int32) {
        _ = fcntl(socket, F_SETFL, fcntl(socket, F_GETFL) | O_NONBLOCK)
        var on: Int32 = 1
        setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    }
}
