import Dispatch
package import FetchTesting
package import Foundation
import Synchronization

/// A server on 127.0.0.1 that does on each connection what a function says, each on a thread of its own.
///
/// It runs until ``stop()``. Nothing here runs in Swift's thread pool: a peer may write without end or block, and tests that measure how late a timer
/// fires aren't disturbed by it.
package final class Peer: Sendable {
    /// A connection, closed when the function returns.
    package struct Connection: Sendable {
        /// The socket, blocking.
        package let socket: LoopbackSocket
        /// Which connection of the peer it is, from 1 on.
        package let number: Int
    }

    /// The port, chosen by the kernel.
    package let port: UInt16

    private struct State {
        var accepted = 0
        var isStopped = false
        var open: [Int: LoopbackSocket] = [:]
    }

    private let listener: LoopbackSocket
    private let wake: WakePipe
    private let threads = DispatchGroup()
    private let state = Mutex(State())
    private let serve: @Sendable (Connection) -> Void

    /// Creates a peer that accepts connections from here on.
    ///
    /// - Parameter serve: Called for each connection, on its thread. It returns soon after the connection has ended.
    /// - Throws: `SystemFailure`.
    package init(_ serve: @escaping @Sendable (Connection) -> Void) throws {
        listener = try LoopbackSocket.bound()
        wake = try WakePipe()
        port = try listener.port()
        self.serve = serve
        try listener.listen()
        detach("accept") { $0.acceptAll() }
    }

    /// The number of connections that have been accepted so far.
    package var connections: Int { state.withLock(\.accepted) }

    /// The number of open connections.
    package var openConnections: Int { state.withLock(\.open.count) }

    /// Returns a URL of the peer.
    ///
    /// - Parameters:
    ///   - scheme: `http` or `https`.
    ///   - host: A name or literal of this machine.
    ///   - path: The path, with its leading slash.
    package func url(_ scheme: String = "http", host: String = "127.0.0.1", path: String = "/") -> URL {
        var parts = URLComponents()
        (parts.scheme, parts.host, parts.port, parts.path) = (scheme, host, Int(port), path)
        guard let url = parts.url else { preconditionFailure("\(scheme)://\(host)\(path) is no URL") }
        return url
    }

    /// Closes the listening socket and all connections and waits for the threads. Further calls do nothing.
    package func stop() {
        let isFirst = state.withLock { state in
            defer { state.isStopped = true }
            for socket in state.open.values { socket.shutDown() }
            return !state.isStopped
        }
        guard isFirst else { return }
        wake.ring()
        threads.wait()
    }

    private func acceptAll() {
        while !wake.wait(with: listener).rung {
            if let socket = listener.accepted() { take(socket) }
        }
        listener.close()
        wake.close()
    }

    private func take(_ socket: LoopbackSocket) {
        let number: Int? = state.withLock { state in
            guard !state.isStopped else { return nil }
            state.accepted += 1
            state.open[state.accepted] = socket
            return state.accepted
        }
        guard let number else { return socket.close() }
        detach("connection \(number)") { peer in
            peer.serve(Connection(socket: socket, number: number))
            // Removed before it is closed: stop() must not shut down a descriptor that belongs to something else by then.
            peer.state.withLock { _ = $0.open.removeValue(forKey: number) }
            socket.close()
        }
    }

    private func detach(_ name: String, _ work: @escaping @Sendable (Peer) -> Void) {
        threads.enter()
        let thread = Thread { [self] in
            work(self)
            threads.leave()
        }
        thread.name = "Peer \(name)"
        thread.stackSize = 512 << 10
        thread.start()
    }
}
