import Foundation
import Synchronization
import TestSupport

/// A proxy between a store and its server, which forwards bytes, keeps them, or cuts connections.
final class TCPProxy: Sendable {
    /// The treatment of the bytes.
    enum Mode: Sendable {
        /// Forwards everything.
        case forward
        /// Keeps everything that arrives, in both directions, as a network does that is divided.
        case drop
        /// Forwards what the client sends, and closes the connection when the server responds: a statement was carried
        /// out, and its result is lost.
        case cutResponses
        /// Forwards each piece after a time.
        case delay(Duration)
        /// Closes connections when something arrives.
        case refuse
    }

    private struct State {
        var mode = Mode.forward
        var connections = 0
        var cuts = 0
    }

    private let listener: TCPListener
    private let state = Mutex(State())

    init(to port: UInt16) throws {
        listener = try TCPListener()
        let listener = listener
        Thread.detachNewThread { [weak self] in
            while let descriptor = listener.accept() {
                guard let self, let server = try? TCPConnection(port: port) else {
                    _ = TCPConnection(accepted: descriptor)
                    return
                }
                state.withLock { $0.connections += 1 }
                connect(TCPConnection(accepted: descriptor), server)
            }
        }
    }

    deinit { listener.stop() }

    var port: UInt16 { listener.port }
    var connections: Int { state.withLock(\.connections) }
    var cuts: Int { state.withLock(\.cuts) }

    func set(_ mode: Mode) { state.withLock { $0.mode = mode } }

    private func connect(_ client: TCPConnection, _ server: TCPConnection) {
        forward(from: client, to: server, isResponse: false)
        forward(from: server, to: client, isResponse: true)
    }

    private func forward(from source: TCPConnection, to target: TCPConnection, isResponse: Bool) {
        let mode: @Sendable () -> Mode = { [weak self] in self?.state.withLock(\.mode) ?? .refuse }
        let noteCut: @Sendable () -> Void = { [weak self] in self?.state.withLock { $0.cuts += 1 } }
        Thread.detachNewThread {
            defer {
                source.shutDown()
                target.shutDown()
            }
            while let bytes = source.receive(), !bytes.isEmpty {
                switch mode() {
                case .forward: break
                case .drop: continue
                case .refuse: return
                case .delay(let duration): Thread.sleep(forTimeInterval: Double(duration / .milliseconds(1)) / 1_000)
                case .cutResponses:
                    if isResponse {
                        noteCut()
                        return
                    }
                }
                guard target.send(bytes) else { return }
            }
        }
    }
}
