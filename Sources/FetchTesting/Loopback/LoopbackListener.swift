import Dispatch
import FetchCore
import Foundation
import Synchronization

/// Accepts connections on its own thread and tracks the open ones.
final class LoopbackListener: Sendable {
    private struct State {
        var isStarted = false
        var isStopped = false
        var accepted = 0
        var open: [Int: LoopbackConnection] = [:]
    }

    private let socket: LoopbackSocket
    private let origin: Origin
    private let service: any LoopbackService
    private let wakePipe: WakePipe
    private let threads = DispatchGroup()
    private let state = Mutex(State())

    /// Creates a listener. It owns the socket unless the initializer throws.
    init(socket: LoopbackSocket, origin: Origin, service: any LoopbackService) throws {
        self.socket = socket
        self.origin = origin
        self.service = service
        wakePipe = try WakePipe()
    }

    var accepted: Int { state.withLock(\.accepted) }

    var open: Int { state.withLock(\.open.count) }

    /// Starts to accept connections. Until then, the kernel refuses them.
    func start() throws {
        try state.withLock { state in
            guard !state.isStarted, !state.isStopped else { return }
            try socket.listen()
            state.isStarted = true
            detach("accept") { $0.acceptAll() }
        }
    }

    /// Ends all open connections, asynchronously.
    func closeConnections() {
        state.withLock { state in
            for connection in state.open.values { connection.end() }
        }
    }

    /// Ends all threads and waits for them. The threads don't wait for the service, so this returns promptly.
    func stop() {
        let neverStarted = state.withLock { state in
            for connection in state.open.values { connection.end() }
            defer { state.isStopped = true }
            return !state.isStarted && !state.isStopped
        }
        if neverStarted { close() }
        wakePipe.signal()
        threads.wait()
    }

    private func acceptAll() {
        while !wakePipe.wait(with: socket).isSignalled {
            guard let accepted = socket.accepted() else {
                // The client has usually closed the connection. Without free descriptors, the pause prevents a busy
                // loop.
                Thread.sleep(forTimeInterval: 0.001)
                continue
            }
            serve(accepted)
        }
        close()
    }

    private func close() {
        socket.close()
        wakePipe.close()
    }

    private func serve(_ socket: LoopbackSocket) {
        guard let connection = try? LoopbackConnection(socket: socket, origin: origin, service: service) else {
            return socket.close()
        }
        let number: Int? = state.withLock { state in
            guard !state.isStopped else { return nil }
            state.accepted += 1
            state.open[state.accepted] = connection
            return state.accepted
        }
        guard let number else { return connection.close() }
        detach("connection \(number)") { listener in
            connection.serve()
            // Removed first, so that `end()` can't reach a descriptor that has been closed and reused.
            listener.state.withLock { _ = $0.open.removeValue(forKey: number) }
            connection.close()
        }
    }

    private func detach(_ name: String, _ work: @escaping @Sendable (LoopbackListener) -> Void) {
        threads.enter()
        let thread = Thread { [self] in
            work(self)
            threads.leave()
        }
        thread.name = "LoopbackServer \(name)"
        thread.stackSize = 512 << 10
        thread.start()
    }
}
