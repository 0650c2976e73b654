import FetchCore
import Synchronization
import SystemLibrary

/// A resolver with its own threads, so that an unresponsive name server delays only requests to the affected names.
///
/// libcurl's own resolver uses a thread as well, but joins it when a request is cancelled, which would block all other
/// requests.
final class HostResolver: Sendable {
    /// A blocking function that returns a name's numeric addresses, in order of preference.
    typealias Resolve = @Sendable (String) throws -> [String]

    private struct State {
        var queue: [(name: String, done: @Sendable (Result<[String], any Error>) -> Void)] = []
        var threads = 0
    }

    /// The maximum number of concurrent resolutions. Further names are queued.
    private static let maximumThreads = 64

    private let resolve: Resolve
    private let state = Mutex(State())

    init(_ resolve: @escaping Resolve) { self.resolve = resolve }

    /// Starts to resolve a name. Calls `done` exactly once, normally in another thread.
    func start(_ name: String, done: @escaping @Sendable (Result<[String], any Error>) -> Void) {
        let needsThread = state.withLock { state in
            state.queue.append((name, done))
            guard state.threads < Self.maximumThreads else { return false }
            state.threads += 1
            return true
        }
        guard needsThread, !BackgroundThread.start({ [self] in drainQueue() }) else { return }
        let failed = state.withLock { state in
            state.threads -= 1
            // If other threads exist, they drain the queue.
            defer { if state.threads == 0 { state.queue = [] } }
            return state.threads == 0 ? state.queue : []
        }
        for entry in failed { entry.done(.failure(SystemResolver.Failure(isPermanent: false, code: 0))) }
    }

    private func drainQueue() {
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
