import FetchCore
import FetchTesting
import Foundation

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A TCP client of a loopback server that sends and receives raw strings.
///
/// It blocks its own threads, since the service needs the few threads of Swift and Dispatch.
final class RawClient: Sendable {
    struct Refused: Error {}

    private let descriptor: Int32

    init(_ server: LoopbackServer) throws {
        #if canImport(Darwin) || canImport(Musl)
            descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #else
            descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        address.sin_port = UInt16(server.origin.port).bigEndian
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { throw Refused() }
    }

    deinit { _ = close(descriptor) }

    func send(_ text: String) {
        let bytes = Array(text.utf8)
        #if canImport(Darwin)
            _ = Darwin.send(descriptor, bytes, bytes.count, 0)
        #elseif canImport(Musl)
            _ = Musl.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        #else
            _ = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        #endif
    }

    /// Returns the received string as soon as it ends with `end`, or when the server closes the connection.
    func receive(through end: String) async -> String {
        await receive { $0.utf8.reversed().starts(with: end.utf8.reversed()) }
    }

    /// Returns the received string when the server closes the connection.
    func receiveAll() async -> String { await receive { _ in false } }

    private func receive(until isComplete: @escaping @Sendable (String) -> Bool) async -> String {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { [self] in
                var text = ""
                while !isComplete(text), let more = receiveSome() { text += more }
                continuation.resume(returning: text)
            }
        }
    }

    /// Closes the sending side of the connection.
    func finish() { _ = shutdown(descriptor, Int32(SHUT_WR)) }

    private func receiveSome() -> String? {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
    }
}
