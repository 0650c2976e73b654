import Foundation

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
    let port: UInt16
    private let listener: Int32
    private let message: [UInt8]

    init(body: String) throws {
        let head = [
            "HTTP/1.1 200 OK", "Date: Sat, 21 Nov 2026 10:00:00 GMT", "Content-Type: application/json",
            "Server: nginx", "Vary: Accept-Encoding", "Content-Length: \(body.utf8.count)", "", "",
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
        let isBound = withUnsafeMutablePointer(to: &address) { [listener] in
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, size) == 0 && listen(listener, SOMAXCONN) == 0
                    && getsockname(listener, address, &size) == 0
            }
        }
        guard listener >= 0, isBound else { throw CocoaError(.fileReadUnknown) }
        port = UInt16(bigEndian: address.sin_port)
    }

    /// Starts to accept connections, with a thread for each.
    func start() {
        Thread.detachNewThread { [self] in
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { continue }
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
