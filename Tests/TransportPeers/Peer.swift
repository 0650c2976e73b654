import Dispatch
package import FetchTesting
package import Foundation
import Synchronization

/// A server on 127.0.0.1 that runs a function for each connection, in a thread per connection.
///
/// It runs until ``stop()``. It doesn't use Swift's thread pool, so a peer that blocks or sends endlessly doesn't
/// disturb tests that measure delays.
package final class Peer: Sendable {
    /// An accepted connection. The peer closes it when the function returns.
    package struct Connection: Sendable {
        /// The blocking socket.
        package let socket: LoopbackSocket
        /// The sequence number among the peer's connections, starting at 1.
        package let number: Int
    }

    /// The port, which the kernel has chosen.
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

    /// Creates a peer and starts to accept connections.
    ///
    /// - Parameter serve: The function to run for each connection, in its thread. It must return soon after the
    ///   connection has ended.
    /// - Throws: `SystemFailure` if no socket or pipe can be opened.
    package init(_ serve: @escaping @Sendable (Connection) -> Void) throws {
        listener = try LoopbackSocket.bound()
        wake = try WakePipe()
        port = try listener.port()
        self.serve = serve
        try listener.listen()
        detach("accept") { $0.acceptAll() }
    }

    /// The number of connections accepted so far.
    package var connections: Int { state.withLock(\.accepted) }

    /// The number of currently open connections.
    package var openConnections: Int { state.withLock(\.open.count) }

    /// Returns a URL of the peer.
    ///
    /// - Parameters:
    ///   - scheme: `http` or `https`.
    ///   - host: A name or address that resolves to 127.0.0.1.
    ///   - path: The path, with its leading slash.
    /// - Returns: A URL with the peer's port.
    package func url(_ scheme: String = "http", host: String = "127.0.0.1", path: String = "/") -> URL {
        var parts = URLComponents()
        (parts.scheme, parts.host, parts.port, parts.path) = (scheme, host, Int(port), path)
        guard let url = parts.url else { preconditionFailure("\(scheme)://\(host)\(path) isn't a URL") }
        return url
    }

    /// Closes the listening socket and all connections, and waits until the threads have ended. Further calls do
    /// nothing.
    package func stop() {
        let isFirst = state.withLock { state in
            defer { state.isStopped = true }
            for socket in state.open.values { socket.shutDown() }
            return !state.isStopped
        }
        guard isFirst else { return }
        wake.signal()
        threads.wait()
    }

    private func acceptAll() {
        while !wake.wait(with: listener).isSignalled {
            if let socket = listener.accepted() { start(socket) }
        }
        listener.close()
        wake.close()
    }

    private func start(_ socket: LoopbackSocket) {
        let number: Int? = state.withLock { state in
            guard !state.isStopped else { return nil }
            state.accepted += 1
            state.open[state.accepted] = socket
            return state.accepted
        }
        guard let number else { return socket.close() }
        detach("connection \(number)") { peer in
            peer.serve(Connection(socket: socket, number: number))
            // Removed before closing, so that stop() doesn't shut down a reused descriptor.
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
