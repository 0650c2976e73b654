public import FetchCore
import Synchronization

/// A sequence of answers for a ``LoopbackServer`` that also records the requests.
///
/// ```swift
/// let script = LoopbackScript([.fault(.reset(.afterRequest)), .json(#"{"status":"processing"}"#)])
/// let server = try LoopbackServer(playing: script)
/// ```
///
/// The last answer is repeated for every further request. A script with one answer always gives that answer.
public final class LoopbackScript: Sendable {
    private struct State {
        var answers: ArraySlice<LoopbackAnswer>
        var requests: [FetchRequest] = []

        mutating func next() -> LoopbackAnswer {
            answers.count > 1 ? answers.removeFirst() : answers[answers.startIndex]
        }
    }

    private let state: Mutex<State>

    /// Creates a script that begins with the first answer.
    ///
    /// - Parameter answers: The answers in the order of the requests. The array can't be empty; otherwise the initializer traps.
    public init(_ answers: [LoopbackAnswer]) {
        precondition(!answers.isEmpty, "A script must have at least one answer.")
        state = Mutex(State(answers: answers[...]))
    }

    /// The requests that have been read so far, including their keys.
    public var requests: [FetchRequest] { state.withLock(\.requests) }
}

extension LoopbackScript: LoopbackService {
    func endingOnAccept() -> LoopbackFault.Ending? {
        state.withLock { state in
            guard case .end(let ending, .onAccept)? = state.answers.first?.fault?.kind else { return nil }
            _ = state.next()
            return ending
        }
    }

    func answer(to request: FetchRequest) async -> LoopbackAnswer? {
        state.withLock { state in
            state.requests.append(request)
            return state.next()
        }
    }
}
