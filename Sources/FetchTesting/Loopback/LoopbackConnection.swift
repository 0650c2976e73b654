import FetchCore
import Synchronization

/// One connection: takes request after request and sends the service's answers, on the thread that calls ``serve()``.
final class LoopbackConnection: Sendable {
    private let socket: LoopbackSocket
    private let origin: Origin
    private let service: any FetchTransport
    private let wake: WakePipe

    /// Takes over the socket where it doesn't throw.
    init(socket: LoopbackSocket, origin: Origin, service: any FetchTransport) throws {
        self.socket = socket
        self.origin = origin
        self.service = service
        wake = try WakePipe()
    }

    /// Serves until one of the two sides ends the connection.
    func serve() {
        var reader = LoopbackRequestReader(socket: socket, origin: origin)
        while true {
            do throws(LoopbackRequestReader.Refusal) {
                guard let incoming = try reader.next(), let response = answer(to: incoming.request) else { return }
                let message = LoopbackResponse(response, to: incoming)
                guard deliver(message) else { return }
                guard message.keepsConnection else { return socket.finish() }
            } catch {
                if deliver(LoopbackResponse(refusing: error)) { socket.finish() }
                return
            }
        }
    }

    /// Makes ``serve()`` return soon. Not to be called after ``close()``.
    func end() { socket.shutDown() }

    /// Frees the descriptors.
    func close() {
        socket.close()
        wake.close()
    }

    /// The service's response, or nil where it threw or the client has gone.
    private func answer(to request: FetchRequest) -> FetchResponse? {
        let outcome = Outcome()
        let task = Task.detached { [service, wake] in
            let response = try? await service.send(request)
            outcome.value.withLock { $0 = .some(response) }
            wake.ring()
        }
        var expectsBytes = true
        while true {
            let events = wake.wait(with: socket, expectingBytes: expectsBytes)
            if let response = outcome.value.withLock({ $0 }) { return response }
            if events.socketIsLost || (events.socketHasSomething && socket.isClosedByPeer) {
                task.cancel()
                return nil
            }
            // A client that has sent its next request already. It has to wait, and its bytes mustn't wake this thread.
            if events.socketHasSomething { expectsBytes = false }
        }
    }

    /// All bytes of an answer leave here: the place for whatever is to go wrong with them.
    private func deliver(_ message: LoopbackResponse) -> Bool { socket.send(message.bytes) }
}

/// Nothing yet, or a response, or that there is none.
private final class Outcome: Sendable {
    let value = Mutex<FetchResponse??>(nil)
}
