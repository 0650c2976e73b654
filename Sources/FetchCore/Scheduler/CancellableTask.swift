import Synchronization

/// A task of the scheduler that can be cancelled before it begins.
final class CancellableTask: Sendable {
    private enum State {
        case new
        case running(Task<Void, Never>)
        case cancelled
    }

    private let state = Mutex(State.new)

    /// Begins the task, unless it was cancelled before: a task that begins in this thread would have sent its request
    /// by then.
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

    /// Cancels the task. Later calls have no effect.
    func cancel() {
        let before = state.withLock { state in
            defer { state = .cancelled }
            return state
        }
        if case .running(let task) = before { task.cancel() }
    }
}
