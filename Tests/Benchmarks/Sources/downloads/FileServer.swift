import Foundation
import TestSupport

/// A server on 127.0.0.1 that sends files from memory, with a thread for each connection.
///
/// `/BYTES/NAME` is a file of that many bytes, whatever the name.
struct FileServer: Sendable {
    private let listener: TCPListener

    /// The port, which the system has chosen.
    var port: UInt16 { listener.port }

    /// Creates a listening server. ``run()`` accepts the connections.
    ///
    /// - Throws: `POSIXError` if the socket can't be opened.
    init() throws { listener = try TCPListener() }

    /// Serves connections forever.
    func run() {
        while true {
            guard let socket = listener.accept() else { continue }
            Thread.detachNewThread {
                FileConnection(socket).serve()
                close(socket)
            }
        }
    }
}

/// A connection of a ``FileServer``.
private struct FileConnection {
    /// The number of bytes that are sent at once.
    private static let blockSize = 1 << 20
    private static let block = (0..<blockSize).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }

    private let socket: Int32

    init(_ socket: Int32) {
        self.socket = socket
        var on: Int32 = 1
        setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    /// Responds to requests, one after the other, until the connection ends or a request is invalid.
    func serve() {
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16 << 10)
        while true {
            let count = read(socket, &buffer, buffer.count)
            guard count > 0 else { return }
            received += buffer[..<count]
            while let end = received.firstRange(of: Array("\r\n\r\n".utf8))?.upperBound {
                guard let length = Self.length(in: received[..<end]), send(length) else { return }
                received.removeFirst(end)
            }
        }
    }

    /// Returns the length of the file that a request asks for.
    private static func length(in head: ArraySlice<UInt8>) -> Int? {
        let target = head.split(separator: UInt8(ascii: " "), maxSplits: 2).dropFirst().first
        return target?.split(separator: UInt8(ascii: "/")).first.flatMap { Int(String(decoding: $0, as: UTF8.self)) }
    }

    private func send(_ length: Int) -> Bool {
        let head = [
            "HTTP/1.1 200 OK", "Date: Sat, 21 Nov 2026 10:00:00 GMT", "Content-Type: application/octet-stream",
            "ETag: \"b41c7d9e\"", "Accept-Ranges: bytes", "Content-Length: \(length)", "", "",
        ]
        var first = Array(head.joined(separator: "\r\n").utf8)
        let rest = max(length - Self.blockSize, 0)
        first += Self.block[..<(length - rest)]
        guard send(first[...]) else { return false }
        for start in stride(from: 0, to: rest, by: Self.blockSize) {
            guard send(Self.block[..<min(rest - start, Self.blockSize)]) else { return false }
        }
        return true
    }

    private func send(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.withUnsafeBytes { bytes in
            var sent = 0
            while sent < bytes.count, let base = bytes.baseAddress {
                let count = write(socket, base + sent, bytes.count - sent)
                guard count > 0 else { return false }
                sent += count
            }
            return true
        }
    }
}
