import FetchCore
import Synchronization

/// A request in flight with the continuation of its caller. The first outcome counts, later ones are ignored.
final class CurlTransfer: Sendable {
    let request: FetchRequest
    /// The request's URL as a string.
    let url: String
    let target: TransferTarget
    /// The transfers with which it can share a connection.
    let group: ConnectionGroup
    /// The queue of a body that is streamed; `nil` if the whole body is returned with the head.
    let body: BodyQueue?
    /// The index of the transfer's handle in the ``HandlePool``, or -1. Only the event loop's thread reads and writes
    /// it.
    let handleIndex = Atomic<Int>(-1)
    /// True if the request has been sent again over a new connection. Only the event loop's thread reads and writes it.
    let isSentAgain = Atomic<Bool>(false)
    private let outcome = Mutex(TransferOutcome.pending(nil))
    private let buffer: Mutex<ResponseBuffer?>

    init(_ request: FetchRequest, url: String, to target: TransferTarget, body: BodyQueue? = nil) {
        self.request = request
        self.url = url
        self.target = target
        self.body = body
        group = ConnectionGroup(
            isStreamed: body != nil,
            isRestricted: request.addressPolicy.restricts(target.origin.host)
        )
        buffer = Mutex(ResponseBuffer(bodyCapacity: target.lastBodySize.load(ordering: .relaxed)))
    }

    /// Moves the response buffer out of the transfer. Returns a new one without reserved capacity if the request is
    /// sent again.
    func takeBuffer() -> ResponseBuffer { buffer.withLock { $0.take() } ?? ResponseBuffer() }

    /// Stores the caller's continuation. If the transfer is already finished, resumes the continuation and returns
    /// false.
    func begin(_ continuation: CheckedContinuation<CurlResponse, any Error>) -> Bool {
        let error = outcome.withLock { $0.wait(continuation) }
        if let error { continuation.resume(throwing: error) }
        return error == nil
    }

    var isFinished: Bool { outcome.withLock { $0.isFinished } }

    /// Finishes the transfer successfully. The caller of this function resumes the continuation.
    ///
    /// - Returns: The continuation; `nil` if the transfer is already finished.
    func succeed() -> CheckedContinuation<CurlResponse, any Error>? { outcome.withLock { $0.succeed() } }

    /// Finishes the transfer with an error. Returns false if it is already finished, or if its body is streamed and its
    /// head has been returned.
    @discardableResult
    func finish(throwing error: any Error) -> Bool {
        let (isFirst, task) = outcome.withLock { $0.fail(error) }
        task?.resume(throwing: error)
        return isFirst
    }
}
