import Foundation
import TestSupport

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A server on 127.0.0.1 that sends the same response to every request with minimal work, since the server's time would
/// hide the difference between the clients.
final class ResponseServer: Sendable {
    private let listener: TCPListener
    private let message: [UInt8]

    var port: UInt16 { listener.port }

    init(body: String) throws {
        let head = [
            "HTTP/1.1 200 OK", "Date: Sat, 21 Nov 2026 10:00:00 GMT", "Content-Type: application/json",
            "Server: nginx", "Vary: Accept-Encoding", "Content-Length: \(body.utf8.count)", "", "",
        ]
        message = Array((head.joined(separator: "\r\n") + body).utf8)
        listener = try TCPListener()
    }

    /// Starts to accept connections, with a thread for each.
    func start() {
        Thread.detachNewThread { [self] in
            while true {
                guard let connection = listener.accept() else { continue }
                var on: Int32 = 1
                setsockopt(connection, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
                Thread.detachNewThread { self.serve(connection) }
            }
        }
    }

    /// Responds to the empty line at the end of each head. The benchmark's requests have no body.
    private func serve(_ connection: Int32) {
        var buffer = [UInt8](repeating: 0, count: 4_096)
        var matched = 0
        while true {
            let count = read(connection, &buffer, buffer.count)
            guard count > 0 else { break }
            for byte in buffer[..<count] {
                let expected: UInt8 = matched.isMultiple(of: 2) ? 13 : 10
                matched = byte == expected ? matched + 1 : byte == 13 ? 1 : 0
                guard matched == 4 else { continue }
                matched = 0
                guard write(connection, message, message.count) == message.count else { break }
            }
        }
        close(connection)
    }
}
