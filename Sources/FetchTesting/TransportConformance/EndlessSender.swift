import FetchCore
import Foundation
import Synchronization

/// A server on 127.0.0.1 that sends an endless body to one client, and counts what it gets rid of.
final class EndlessSender: Sendable {
    let url: URL

    private static let block = Array(repeating: UInt8(ascii: "x"), count: 64 << 10)

    private let listener: LoopbackSocket
    private let sent = Atomic(0)
    private let hasEnded = Atomic(false)

    /// Creates a server and starts to wait for a client, in a thread of its own.
    init() throws {
        listener = try LoopbackSocket.bound()
        guard let url = URL(string: "http://127.0.0.1:\(try listener.port())/") else { throw URLError(.badURL) }
        self.url = url
        try listener.listen()
        Thread.detachNewThread { [self] in
            serve()
            listener.close()
            hasEnded.store(true, ordering: .releasing)
        }
    }

    /// The number of body bytes that the system has accepted.
    var sentBytes: Int { sent.load(ordering: .relaxed) }

    /// True if the client has closed the connection.
    var isClosed: Bool { hasEnded.load(ordering: .acquiring) }

    private func serve() {
        var client = listener.accepted()
        while client == nil {
            // The listener doesn't block, so that this thread can't stay behind.
            var entry = pollfd(fd: listener.descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&entry, 1, 60_000) > 0 else { return }
            client = listener.accepted()
        }
        guard let client else { return }
        defer { client.close() }
        guard !client.receive().isEmpty, client.send(Array("HTTP/1.1 200 OK\r\n\r\n".utf8)) else { return }
        while client.send(Self.block) { sent.add(Self.block.count, ordering: .relaxed) }
    }
}
