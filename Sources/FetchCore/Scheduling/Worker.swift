import Synchronization

/// A task of the scheduler: it sleeps until something is due, or makes requests, one after the other.
///
/// It can be cancelled before it is known which task it is.
final class Worker: Sendable {
    private enum State {
        case new
        case running(Task<Void, Never>)
        case cancelled
    }

    private let state = Mutex(State.new)

    /// Begins, unless it has been cancelled before: a task that begins at once would have sent its request by then.
    func begin(_ task: () -> Task<Void, Never>) {
        guard !isCancelled else { return }
        let task = task()
        let isCancelled = state.withLock { state in
            if case .cancelled = state { return true }
            state = .running(task)
            return false
        }
        if isCancelled { task.cancel() }
    }

    private var isCancelled: Bool {
        state.withLock { state in
            if case .cancelled = state { true } else { false }
        }
    }

    /// Has it stop, whatever it does.
    func cancel() {
        let before = state.withLock { state in
            defer { state = .cancelled }
            return state
        }
        if case .running(let task) = before { task.cancel() }
    }
}
