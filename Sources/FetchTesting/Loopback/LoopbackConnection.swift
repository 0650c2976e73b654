import FetchCore
import Synchronization

/// One server-side connection. Reads requests and sends the service's responses on the thread that calls ``serve()``.
final class LoopbackConnection: Sendable {
    private let socket: LoopbackSocket
    private let origin: Origin
    private let service: any LoopbackService
    private let wakePipe: WakePipe
    private let isEnding = Mutex(false)

    /// Creates a connection. It owns the socket unless the initializer throws.
    init(socket: LoopbackSocket, origin: Origin, service: any LoopbackService) throws {
        self.socket = socket
        self.origin = origin
        self.service = service
        wakePipe = try WakePipe()
    }

    /// Serves requests until the client or the server ends the connection.
    func serve() {
        if let ending = service.endingOnAccept() { return end(by: ending) }
        var reader = LoopbackRequestReader(socket: socket, origin: origin)
        while true {
            do throws(LoopbackRequestReader.Refusal) {
                guard let incoming = try reader.next(), let response = response(to: incoming.request, reader: &reader)
                else { return }
                let message = LoopbackMessage(response, to: incoming)
                guard deliver(message, reader: &reader) else { return }
                guard message.keepsConnection else { return socket.finish() }
            } catch {
                if deliver(LoopbackMessage(refusing: error), reader: &reader) { socket.finish() }
                return
            }
        }
    }

    /// Makes ``serve()`` return soon. Can't be called after ``close()``.
    func end() {
        isEnding.withLock { $0 = true }
        socket.shutDown()
        // Shutting down the socket doesn't end a wait for the pipe alone.
        wakePipe.signal()
    }

    func close() {
        socket.close()
        wakePipe.close()
    }

    /// Returns the service's response, or `nil` if it has none or the client has closed the connection.
    private func response(to request: FetchRequest, reader: inout LoopbackRequestReader) -> LoopbackResponse? {
        let outcome = Outcome()
        let task = Task.detached { [service, wakePipe] in
            let response = await service.response(to: request)
            outcome.value.withLock { $0 = .some(response) }
            wakePipe.signal()
        }
        while true {
            let isConnected = waitForEvent(reader: &reader)
            if let response = outcome.value.withLock({ $0 }) { return response }
            guard isConnected else {
                task.cancel()
                return nil
            }
        }
    }

    /// Waits until the pipe is signalled, the socket is readable, or the duration is over. Returns false if the
    /// connection has ended.
    ///
    /// Buffers bytes of the client's next request, since the end of the stream can only be read after them.
    private func waitForEvent(reader: inout LoopbackRequestReader, atMost duration: Duration? = nil) -> Bool {
        let events = wakePipe.wait(with: reader.hasRoom ? socket : nil, atMost: duration)
        if events.isSocketReadable, !reader.receiveEarly() { return false }
        return !isEnding.withLock { $0 }
    }

    /// Carries out the steps of a message. Returns false if the connection has ended.
    private func deliver(_ message: LoopbackMessage, reader: inout LoopbackRequestReader) -> Bool {
        for step in message.steps {
            switch step {
            case .send(let bytes): guard socket.send(bytes) else { return false }
            case .sendRepeatedly(let bytes, let times):
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
        // Unread bytes would hide the end of the client's stream.
        case .silence: socket.drain()
        }
    }

    /// Waits for the duration. Returns false as soon as the client closes the connection or the server is stopped.
    private func wait(_ duration: Duration, reader: inout LoopbackRequestReader) -> Bool {
        let end = ContinuousClock.now + duration
        while true {
            let remaining = ContinuousClock.now.duration(to: end)
            guard remaining > .zero else { return true }
            guard waitForEvent(reader: &reader, atMost: remaining) else { return false }
        }
    }
}

/// The result of the service's task: `nil` while it runs, `.some(nil)` if the service has no response.
private final class Outcome: Sendable {
    let value = Mutex<LoopbackResponse??>(nil)
}
