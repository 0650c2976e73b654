import Synchronization

/// Resolves names in threads of its own, so that a name server that doesn't respond keeps only requests to that name waiting.
///
/// libcurl would resolve in a thread as well, but wait for it when the request is cancelled, and with it all other requests.
final class HostResolver: Sendable {
    /// Resolves a name and blocks meanwhile. Returns numeric addresses in the order of preference.
    typealias Resolve = @Sendable (String) throws -> [String]

    private struct State {
        var queue: [(name: String, done: @Sendable (Result<[String], any Error>) -> Void)] = []
        var threads = 0
    }

    /// More names than these at the same time wait for a thread.
    private static let maximumThreads = 64

    private let resolve: Resolve
    private let state = Mutex(State())

    init(_ resolve: @escaping Resolve) { self.resolve = resolve }

    /// Begins to resolve a name. `done` is called once, in another thread.
    func start(_ name: String, done: @escaping @Sendable (Result<[String], any Error>) -> Void) {
        let needsThread = state.withLock { state in
            state.queue.append((name, done))
            guard state.threads < Self.maximumThreads else { return false }
            state.threads += 1
            return true
        }
        guard needsThread, !BackgroundThread.start({ [self] in work() }) else { return }
        let failed = state.withLock { state in
            state.threads -= 1
            // Another thread works the queue off, if there is one.
            defer { if state.threads == 0 { state.queue = [] } }
            return state.threads == 0 ? state.queue : []
        }
        for entry in failed { entry.done(.failure(SystemResolver.Failure(isPermanent: false, code: 0))) }
    }

    private func work() {
        while let entry = next() { entry.done(Result { try resolve(entry.name) }) }
    }

    private func next() -> (name: String, done: @Sendable (Result<[String], any Error>) -> Void)? {
        state.withLock { state in
            guard !state.queue.isEmpty else {
                state.threads -= 1
                return nil
            }
            return state.queue.removeFirst()
        }
    }
}
