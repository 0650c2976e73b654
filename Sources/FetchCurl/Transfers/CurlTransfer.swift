import FetchCore
import Synchronization

/// A request in flight with the continuation of its caller. The first outcome counts, later ones are ignored.
final class CurlTransfer: Sendable {
    private enum State {
        case new
        case waiting(CheckedContinuation<CurlResponse, any Error>)
        case finished(any Error)
    }

    let request: FetchRequest
    let target: TransferTarget
    /// The index of the transfer's handle in the ``HandlePool``, or -1. Only the event loop's thread reads and writes
    /// it.
    let handleIndex = Atomic<Int>(-1)
    /// True if the request has been sent again over a new connection. Only the event loop's thread reads and writes it.
    let isSentAgain = Atomic<Bool>(false)
    private let state = Mutex(State.new)
    private let buffer: Mutex<ResponseBuffer?>

    init(_ request: FetchRequest, to target: TransferTarget) {
        self.request = request
        self.target = target
        buffer = Mutex(ResponseBuffer(bodyCapacity: target.lastBodySize.load(ordering: .relaxed)))
    }

    /// Moves the response buffer out of the transfer. Returns a new one without reserved capacity if the request is
    /// sent again.
    func takeBuffer() -> ResponseBuffer { buffer.withLock { $0.take() } ?? ResponseBuffer() }

    /// Stores the caller's continuation. If the transfer is already finished, resumes the continuation and returns
    /// false.
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

    /// Finishes the transfer successfully. The caller of this function resumes the continuation.
    ///
    /// - Returns: The continuation; `nil` if the transfer is already finished.
    func succeed() -> CheckedContinuation<CurlResponse, any Error>? { finish(with: CancellationError()) }

    /// Finishes the transfer with an error. Returns false if it is already finished or hasn't begun.
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
