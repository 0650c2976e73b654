import FetchCore
import Synchronization

/// One connection: takes request after request and sends the service's answers, on the thread that calls ``serve()``.
final class LoopbackConnection: Sendable {
    private let socket: LoopbackSocket
    private let origin: Origin
    private let service: any LoopbackService
    private let wake: WakePipe
    private let isEnding = Mutex(false)

    /// Takes over the socket where it doesn't throw.
    init(socket: LoopbackSocket, origin: Origin, service: any LoopbackService) throws {
        self.socket = socket
        self.origin = origin
        self.service = service
        wake = try WakePipe()
    }

    /// Serves until one of the two sides ends the connection.
    func serve() {
        if let ending = service.greeting() { return end(by: ending) }
        var reader = LoopbackRequestReader(socket: socket, origin: origin)
        while true {
            do throws(LoopbackRequestReader.Refusal) {
                guard let incoming = try reader.next(), let answer = answer(to: incoming.request, reader: &reader)
                else { return }
                let message = LoopbackMessage(answer, to: incoming)
                guard deliver(message, reader: &reader) else { return }
                guard message.keepsConnection else { return socket.finish() }
            } catch {
                if deliver(LoopbackMessage(refusing: error), reader: &reader) { socket.finish() }
                return
            }
        }
    }

    /// Makes ``serve()`` return soon. Not to be called after ``close()``.
    func end() {
        isEnding.withLock { $0 = true }
        socket.shutDown()
        // For a wait that leaves the socket alone.
        wake.ring()
    }

    /// Frees the descriptors.
    func close() {
        socket.close()
        wake.close()
    }

    /// The service's answer, or nil where there is none or the client has gone.
    private func answer(to request: FetchRequest, reader: inout LoopbackRequestReader) -> LoopbackAnswer? {
        let outcome = Outcome()
        let task = Task.detached { [service, wake] in
            let answer = await service.answer(to: request)
            outcome.value.withLock { $0 = .some(answer) }
            wake.ring()
        }
        while true {
            let isConnected = waitForEvent(reader: &reader)
            if let answer = outcome.value.withLock({ $0 }) { return answer }
            guard isConnected else {
                task.cancel()
                return nil
            }
        }
    }

    /// Waits until the pipe is rung, the client sends something, or the time is over; false when the connection has ended.
    ///
    /// Bytes of the client's next request are kept for the reader, so that the end of the connection can be seen behind them.
    private func waitForEvent(reader: inout LoopbackRequestReader, atMost duration: Duration? = nil) -> Bool {
        let events = wake.wait(with: reader.hasRoom ? socket : nil, atMost: duration)
        if events.socketHasSomething, !reader.receiveEarly() { return false }
        return !isEnding.withLock { $0 }
    }

    /// Does what the message says; false where the connection has come to an end by that.
    private func deliver(_ message: LoopbackMessage, reader: inout LoopbackRequestReader) -> Bool {
        for step in message.steps {
            switch step {
            case .send(let bytes): guard socket.send(bytes) else { return false }
            case .sendAgain(let bytes, let times):
                for _ in 0..<times { guard socket.send(bytes) else { return false } }
            case .wait(let duration): guard wait(duration, reader: &reader) else { return false }
            case .end(let ending):
                end(by: ending)
                return false
            }
        }
        return true
    }

    private func end(by ending: LoopbackFault.Ending) {
        switch ending {
        case .close: socket.finish()
        case .reset: socket.resetWhenClosed()
        // What comes is dropped: unread bytes would hide that the client has gone.
        case .silence: socket.drain()
        }
    }

    /// Waits for a while; false as soon as the client has gone or the server is stopped.
    private func wait(_ duration: Duration, reader: inout LoopbackRequestReader) -> Bool {
        let end = ContinuousClock.now + duration
        while true {
            let rest = ContinuousClock.now.duration(to: end)
            guard rest > .zero else { return true }
            guard waitForEvent(reader: &reader, atMost: rest) else { return false }
        }
    }
}

/// Nothing yet, or an answer, or that there is none.
private final class Outcome: Sendable {
    let value = Mutex<LoopbackAnswer??>(nil)
}
