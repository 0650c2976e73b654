import Dispatch
import FetchCore
import Foundation
import Synchronization

/// Accepts connections on a thread of its own and knows those that are open.
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
    private let wake: WakePipe
    private let threads = DispatchGroup()
    private let state = Mutex(State())

    /// Takes over the socket where it doesn't throw.
    init(socket: LoopbackSocket, origin: Origin, service: any LoopbackService) throws {
        self.socket = socket
        self.origin = origin
        self.service = service
        wake = try WakePipe()
    }

    var accepted: Int { state.withLock(\.accepted) }

    var open: Int { state.withLock(\.open.count) }

    /// Accepts connections from here on. Before, they are refused.
    func start() throws {
        try state.withLock { state in
            guard !state.isStarted, !state.isStopped else { return }
            try socket.listen()
            state.isStarted = true
            detach("accept") { $0.acceptAll() }
        }
    }

    /// Ends the connections that are open, soon.
    func closeConnections() {
        state.withLock { state in
            for connection in state.open.values { connection.end() }
        }
    }

    /// Ends all threads and waits for them. None of them waits for a service, so this takes no time.
    func stop() {
        let neverStarted = state.withLock { state in
            for connection in state.open.values { connection.end() }
            defer { state.isStopped = true }
            return !state.isStarted && !state.isStopped
        }
        if neverStarted { close() }
        wake.ring()
        threads.wait()
    }

    private func acceptAll() {
        while !wake.wait(with: socket).rung {
            guard let accepted = socket.accepted() else {
                // Mostly a client that has gone again. Without free descriptors, rest instead of asking on and on.
                Thread.sleep(forTimeInterval: 0.001)
                continue
            }
            serve(accepted)
        }
        close()
    }

    private func close() {
        socket.close()
        wake.close()
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
            // Nobody can end it any more when its descriptor is closed, and given to something else.
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
