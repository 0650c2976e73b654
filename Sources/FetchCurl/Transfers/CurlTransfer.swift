import FetchCore
import Synchronization

/// A request in flight with the continuation of its caller. The first outcome counts, later ones are ignored.
final class CurlTransfer: Sendable {
    let request: FetchRequest
    let target: TransferTarget
    /// The index of the transfer's handle in the ``HandlePool``, or -1. Only the event loop's thread reads and writes
    /// it.
    let handleIndex = Atomic<Int>(-1)
    /// True if the request has been sent again over a new connection. Only the event loop's thread reads and writes it.
    let isSentAgain = Atomic<Bool>(false)
    private let outcome = Promise<CurlResponse>()
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
    func begin(_ continuation: CheckedContinuation<CurlResponse, any Error>) -> Bool { outcome.resume(continuation) }

    var isFinished: Bool { outcome.isFulfilled }

    /// Finishes the transfer successfully. The caller of this function resumes the continuation.
    ///
    /// - Returns: The continuation; `nil` if the transfer is already finished.
    func succeed() -> CheckedContinuation<CurlResponse, any Error>? { outcome.takeContinuation() }

    /// Finishes the transfer with an error. Returns false if it is already finished.
    @discardableResult
    func finish(throwing error: any Error) -> Bool { outcome.fulfill(.failure(error)) }
}
