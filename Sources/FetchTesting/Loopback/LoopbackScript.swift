public import FetchCore
import Synchronization

/// What a ``LoopbackServer`` does with one request after the other, and what it was asked.
///
/// ```swift
/// let script = LoopbackScript([.fault(.reset(.afterRequest)), .json(#"{"status":"processing"}"#)])
/// let server = try LoopbackServer(playing: script)
/// ```
///
/// The last answer is given to every further request, so that a script of one answer is a server that always does the same.
public final class LoopbackScript: Sendable {
    private struct State {
        var answers: ArraySlice<LoopbackAnswer>
        var requests: [FetchRequest] = []

        mutating func next() -> LoopbackAnswer {
            answers.count > 1 ? answers.removeFirst() : answers[answers.startIndex]
        }
    }

    private let state: Mutex<State>

    /// Creates a script.
    ///
    /// - Parameter answers: What the requests get, in the order in which they come; at least one.
    public init(_ answers: [LoopbackAnswer]) {
        precondition(!answers.isEmpty, "A script has at least one answer.")
        state = Mutex(State(answers: answers[...]))
    }

    /// The requests that have been read so far, the keys inside.
    public var requests: [FetchRequest] { state.withLock(\.requests) }
}

extension LoopbackScript: LoopbackService {
    func greeting() -> LoopbackFault.Ending? {
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
