import Foundation

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A server that accepts one connection and runs a script of raw sends and receives on it.
final class RawServer: Sendable {
    /// The server's side of the connection. It is closed when the script ends.
    struct Connection {
        fileprivate let descriptor: Int32

        /// Returns the bytes up to and including the next empty line, or fewer if the client closes the connection.
        func receiveHead() -> String {
            var bytes: [UInt8] = []
            var byte: UInt8 = 0
            while !bytes.suffix(4).elementsEqual([13, 10, 13, 10]), recv(descriptor, &byte, 1, 0) == 1 {
                bytes.append(byte)
            }
            return String(decoding: bytes, as: UTF8.self)
        }

        /// Sends a string. Returns false if the client has closed the connection.
        @discardableResult
        func send(_ text: String) -> Bool {
            let bytes = Array(text.utf8)
            #if canImport(Darwin)
                return Darwin.send(descriptor, bytes, bytes.count, 0) == bytes.count
            #elseif canImport(Musl)
                return Musl.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
            #else
                return Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
            #endif
        }
    }

    let url: URL
    private let ending = AsyncStream.makeStream(of: Void.self)

    init(_ script: @escaping @Sendable (Connection) -> Void) throws {
        #if canImport(Darwin) || canImport(Musl)
            let listener = socket(AF_INET, SOCK_STREAM, 0)
        #else
            let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = bind(listener, $0, size)
                _ = listen(listener, 1)
                _ = getsockname(listener, $0, &size)
            }
        }
        guard let url = URL(string: "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))") else {
            throw URLError(.badURL)
        }
        self.url = url
        // Not on a Dispatch queue: a script that never blocks would take a thread from the session.
        Thread.detachNewThread { [ending] in
            let descriptor = accept(listener, nil, nil)
            #if canImport(Darwin)
                var on: Int32 = 1
                _ = setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &on, socklen_t(MemoryLayout<Int32>.size))
            #endif
            script(Connection(descriptor: descriptor))
            _ = close(descriptor)
            _ = close(listener)
            ending.continuation.finish()
        }
    }

    /// Returns when the script has ended.
    func end() async { for await _ in ending.stream {} }
}
