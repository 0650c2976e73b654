import Synchronization

/// Waits for whichever of several things comes first.
final class FirstOutcome<Value: Sendable>: Sendable {
    private enum State {
        case open
        case awaited(CheckedContinuation<Value, Never>)
        case come(Value)
    }

    private let state = Mutex(State.open)

    /// What came first, nil as long as nothing has come.
    var value: Value? {
        state.withLock { state in
            if case .come(let value) = state { value } else { nil }
        }
    }

    /// Says what has come. All but the first are ignored.
    func come(_ value: Value) {
        let waiting: CheckedContinuation<Value, Never>? = state.withLock { state in
            switch state {
            case .open:
                state = .come(value)
                return nil
            case .awaited(let continuation):
                state = .come(value)
                return continuation
            case .come: return nil
            }
        }
        waiting?.resume(returning: value)
    }

    /// Returns when something has come. One task can wait.
    func wait() async -> Value {
        await withCheckedContinuation { continuation in
            let value: Value? = state.withLock { state in
                if case .come(let value) = state { return value }
                state = .awaited(continuation)
                return nil
            }
            if let value { continuation.resume(returning: value) }
        }
    }
}
