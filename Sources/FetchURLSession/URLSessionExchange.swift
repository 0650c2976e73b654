import FetchCore
import Foundation
import Synchronization

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// The state of one request and the continuation of its caller. The first outcome resumes the caller; later ones are ignored.
final class URLSessionExchange: Sendable {
    private enum State {
        case new
        case running(CheckedContinuation<ReceivedResponse, any Error>, ReceivedResponse?)
        case finished(any Error)
    }

    /// A response of the session. The caller's task converts it to a `FetchResponse`, to relieve the thread that all exchanges of the
    /// session share.
    struct ReceivedResponse: Sendable {
        let head: HTTPURLResponse
        var body = Data()
    }

    let request: FetchRequest
    private let state = Mutex(State.new)
    private let reusedConnection = Mutex<Bool?>(nil)

    init(_ request: FetchRequest) { self.request = request }

    /// Stores the caller's continuation. If the exchange is already finished, resumes it with the error and returns false.
    func begin(_ continuation: CheckedContinuation<ReceivedResponse, any Error>) -> Bool {
        let outcome: (any Error)? = state.withLock { state in
            if case .finished(let error) = state { return error }
            state = .running(continuation, nil)
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

    /// Runs an action unless the exchange is finished. The exchange can't finish during the action.
    func ifUnfinished(_ action: () -> Void) {
        state.withLock { state in
            if case .finished = state { return }
            action()
        }
    }

    /// The response that has been received so far. `nil` before its head is received and after the exchange is finished.
    var response: ReceivedResponse? {
        state.withLock { state in
            if case .running(_, let response) = state { response } else { nil }
        }
    }

    /// Stores the head of the response.
    func receive(_ head: HTTPURLResponse) {
        state.withLock { state in
            if case .running(let continuation, _) = state {
                state = .running(continuation, ReceivedResponse(head: head))
            }
        }
    }

    /// Appends a part of the body. Returns false if the body exceeds the request's limit or the exchange is finished.
    func receive(_ data: Data) -> Bool {
        state.withLock { state in
            guard case .running(let continuation, var response?) = state else { return false }
            guard data.count <= request.responseLimit - response.body.count else { return false }
            // Releases the copy in the state, so that the body is uniquely referenced and grows in place.
            state = .new
            if response.body.isEmpty { response.body = data } else { response.body.append(data) }
            state = .running(continuation, response)
            return true
        }
    }

    /// Records if the connection was reused. `nil` if unknown.
    func record(reusedConnection isReused: Bool?) { reusedConnection.withLock { $0 = isReused } }

    /// Returns the error of the exchange for an error of the session.
    func failure(_ error: any Error) -> any Error {
        let fetchError = FetchError(error, from: request.url)
        let reused = reusedConnection.withLock { $0 }
        guard DeadConnection.caused(error, responseBegan: response != nil, reusedConnection: reused) else {
            return fetchError
        }
        return DeadConnection(error: fetchError)
    }

    func finish(returning response: ReceivedResponse) { finish()?.resume(returning: response) }

    func finish(throwing error: any Error) { finish(error)?.resume(throwing: error) }

    private func finish(
        _ error: any Error = CancellationError()
    ) -> CheckedContinuation<ReceivedResponse, any Error>? {
        state.withLock { state in
            defer { if case .finished = state {} else { state = .finished(error) } }
            if case .running(let continuation, _) = state { return continuation }
            return nil
        }
    }
}
