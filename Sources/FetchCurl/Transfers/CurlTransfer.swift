import FetchCore
import Synchronization

/// One request on its way, and the task that waits for its response. The first outcome counts; later ones are ignored.
final class CurlTransfer: Sendable {
    private enum State {
        case new
        case waiting(CheckedContinuation<CurlResponse, any Error>)
        case finished(any Error)
    }

    let request: FetchRequest
    let target: TransferTarget
    /// The place of its handle among those of the session, or -1. Only the event loop's thread reads and writes it.
    let handleIndex = Atomic<Int>(-1)
    /// True if the request was sent again over a new connection. Only the event loop's thread reads and writes it.
    let isSentAgain = Atomic<Bool>(false)
    private let state = Mutex(State.new)
    private let buffer: Mutex<ResponseBuffer?>

    init(_ request: FetchRequest, to target: TransferTarget) {
        self.request = request
        self.target = target
        buffer = Mutex(ResponseBuffer(bodyRoom: target.lastBodySize.load(ordering: .relaxed)))
    }

    /// Takes the buffer for the response; one without room if the request is sent again.
    func takeBuffer() -> ResponseBuffer { buffer.withLock { $0.take() } ?? ResponseBuffer() }

    /// Takes the continuation that the outcome is for; false if the transfer is finished already.
    func begin(_ continuation: CheckedContinuation<CurlResponse, any Error>) -> Bool {
        let outcome: (any Error)? = state.withLock { state in
            if case .finished(let error) = state { return error }
            state = .waiting(continuation)
            return nil
        }
        if let outcome { continuation.resume(throwing: outcome) }
        return outcome == nil
    }

    var isFinished: Bool {
        state.withLock { state in
            if case .finished = state { true } else { false }
        }
    }

    /// Ends the transfer with the response that is returned to the continuation.
    ///
    /// - Returns: The continuation; `nil` if this wasn't the first outcome.
    func succeed() -> CheckedContinuation<CurlResponse, any Error>? { finish(with: CancellationError()) }

    /// Returns whether this was the first outcome.
    @discardableResult
    func finish(throwing error: any Error) -> Bool {
        let continuation = finish(with: error)
        continuation?.resume(throwing: error)
        return continuation != nil
    }

    private func finish(with error: any Error) -> CheckedContinuation<CurlResponse, any Error>? {
        state.withLock { state in
            defer { if case .finished = state {} else { state = .finished(error) } }
            if case .waiting(let continuation) = state { return continuation }
            return nil
        }
    }
}
