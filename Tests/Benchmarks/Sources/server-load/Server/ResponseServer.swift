import Foundation
import TestSupport

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
    private let listener: TCPListener
    private let message: [UInt8]

    /// The port, which the system has chosen.
    var port: UInt16 { listener.port }

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
        listener = try TCPListener()
        Self.prepare(listener.descriptor)
    }

    /// Serves connections forever. Throws `POSIXError` if the sockets can't be polled.
    func run() throws {
        let sockets = try ReadableSockets()
        guard sockets.add(listener.descriptor) else { throw POSIXError(.EMFILE) }
        let connections = ResponseConnections(message: message)
        while true {
            sockets.wait { socket in
                guard socket == listener.descriptor else { return connections.serve(socket) }
                guard let connection = listener.accept() else { return }
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
