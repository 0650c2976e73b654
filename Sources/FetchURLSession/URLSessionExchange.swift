import FetchCore
import Foundation
import Synchronization

/// What is known of one request on its way, and who waits for it. Whatever finishes it first counts; the rest is ignored.
final class URLSessionExchange: Sendable {
    private enum State {
        case new
        case running(CheckedContinuation<FetchResponse, any Error>, FetchResponse?)
        case finished(any Error)
    }

    let request: FetchRequest
    private let state = Mutex(State.new)

    init(_ request: FetchRequest) { self.request = request }

    /// Takes the continuation that the outcome is for; false where the exchange is finished already.
    func begin(_ continuation: CheckedContinuation<FetchResponse, any Error>) -> Bool {
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

    /// The response that has been received so far.
    var response: FetchResponse? {
        state.withLock { state in
            if case .running(_, let response) = state { response } else { nil }
        }
    }

    /// Takes the response without its body.
    func receive(_ response: FetchResponse) {
        state.withLock { state in
            if case .running(let continuation, _) = state { state = .running(continuation, response) }
        }
    }

    /// Takes a part of the body; false where it is more than the request's limit, or is of no use any more.
    func receive(_ data: Data) -> Bool {
        state.withLock { state in
            guard case .running(let continuation, var response?) = state else { return false }
            guard data.count <= request.responseLimit - response.body.count else { return false }
            // So that the body is not shared with what is in the state, and grows in place.
            state = .new
            response.body.append(data)
            state = .running(continuation, response)
            return true
        }
    }

    func finish(returning response: FetchResponse) { finish()?.resume(returning: response) }

    func finish(throwing error: any Error) { finish(error)?.resume(throwing: error) }

    private func finish(
        _ error: any Error = CancellationError()
    ) -> CheckedContinuation<FetchResponse, any Error>? {
        state.withLock { state in
            defer { if case .finished = state {} else { state = .finished(error) } }
            if case .running(let continuation, _) = state { return continuation }
            return nil
        }
    }
}
