public import FetchCore
import Synchronization

/// A sequence of responses for a ``LoopbackServer`` that also records the requests.
///
/// ```swift
/// let script = LoopbackScript([.fault(.reset(.afterRequest)), .json(#"{"status":"processing"}"#)])
/// let server = try LoopbackServer(playing: script)
/// ```
///
/// The last response is repeated for every further request. A script with one response always gives that response.
public final class LoopbackScript: Sendable {
    private struct State {
        var responses: ArraySlice<LoopbackResponse>
        var requests: [FetchRequest] = []

        mutating func next() -> LoopbackResponse {
            responses.count > 1 ? responses.removeFirst() : responses[responses.startIndex]
        }
    }

    private let state: Mutex<State>

    /// Creates a script that begins with the first response.
    ///
    /// - Parameter responses: The responses in the order of the requests. The array can't be empty; otherwise the
    ///   initializer traps.
    public init(_ responses: [LoopbackResponse]) {
        precondition(!responses.isEmpty, "A script must have at least one response.")
        state = Mutex(State(responses: responses[...]))
    }

    /// The requests that have been read so far, including their keys.
    public var requests: [FetchRequest] { state.withLock(\.requests) }
}

extension LoopbackScript: LoopbackService {
    func endingOnAccept() -> LoopbackFault.Ending? {
        state.withLock { state in
            guard case .end(let ending, .onAccept)? = state.responses.first?.fault?.kind else { return nil }
            _ = state.next()
            return ending
        }
    }

    func response(to request: FetchRequest) async -> LoopbackResponse? {
        state.withLock { state in
            state.requests.append(request)
            return state.next()
        }
    }
}
