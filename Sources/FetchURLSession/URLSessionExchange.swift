import FetchCore
import Foundation
import Synchronization

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// What is known of one request on its way, and who waits for it. Whatever finishes it first counts; the rest is ignored.
final class URLSessionExchange: Sendable {
    private enum State {
        case new
        case running(CheckedContinuation<Answer, any Error>, Answer?)
        case finished(any Error)
    }

    /// A response as the session gives it. It is made a `FetchResponse` by whoever waits for it, and not by the thread that
    /// all exchanges of the session share.
    struct Answer: Sendable {
        let response: HTTPURLResponse
        var body = Data()
    }

    let request: FetchRequest
    private let state = Mutex(State.new)
    private let reusedConnection = Mutex<Bool?>(nil)

    init(_ request: FetchRequest) { self.request = request }

    /// Takes the continuation that the outcome is for; false where the exchange is finished already.
    func begin(_ continuation: CheckedContinuation<Answer, any Error>) -> Bool {
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

    /// Does something unless the exchange is finished, which it can't be before that is done.
    func ifUnfinished(_ action: () -> Void) {
        state.withLock { state in
            if case .finished = state { return }
            action()
        }
    }

    /// The response that has been received so far.
    var answer: Answer? {
        state.withLock { state in
            if case .running(_, let answer) = state { answer } else { nil }
        }
    }

    /// Takes the response without its body.
    func receive(_ response: HTTPURLResponse) {
        state.withLock { state in
            if case .running(let continuation, _) = state { state = .running(continuation, Answer(response: response)) }
        }
    }

    /// Takes a part of the body; false where it is more than the request's limit, or is of no use any more.
    func receive(_ data: Data) -> Bool {
        state.withLock { state in
            guard case .running(let continuation, var answer?) = state else { return false }
            guard data.count <= request.responseLimit - answer.body.count else { return false }
            // So that the body is not shared with what is in the state, and grows in place.
            state = .new
            if answer.body.isEmpty { answer.body = data } else { answer.body.append(data) }
            state = .running(continuation, answer)
            return true
        }
    }

    /// Notes whether the connection that carries the request had carried others before.
    func note(reusedConnection isReused: Bool?) { reusedConnection.withLock { $0 = isReused } }

    /// Returns the error to finish with when the session has ended the task with one of its own.
    func failure(_ error: any Error) -> any Error {
        let known = FetchError(error, from: request.url)
        let reused = reusedConnection.withLock { $0 }
        guard DeadConnection.caused(error, responseBegan: answer != nil, reusedConnection: reused) else { return known }
        return DeadConnection(error: known)
    }

    func finish(returning answer: Answer) { finish()?.resume(returning: answer) }

    func finish(throwing error: any Error) { finish(error)?.resume(throwing: error) }

    private func finish(
        _ error: any Error = CancellationError()
    ) -> CheckedContinuation<Answer, any Error>? {
        state.withLock { state in
            defer { if case .finished = state {} else { state = .finished(error) } }
            if case .running(let continuation, _) = state { return continuation }
            return nil
        }
    }
}
