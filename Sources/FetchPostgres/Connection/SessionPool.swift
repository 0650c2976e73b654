import FetchCore
import FetchJobs
import Synchronization

/// A number of connections, each of which serves one call at a time. Calls beyond that wait for their turn.
final class SessionPool: Sendable {
    private struct State {
        var idle: [DatabaseSession]
        var waiting: [(id: UInt64, continuation: CheckedContinuation<DatabaseSession, any Error>)] = []
        /// The errors of calls that were cancelled before they waited.
        var failures: [UInt64: any Error] = [:]
        var lastID: UInt64 = 0
    }

    private let state: Mutex<State>
    private let turn: Duration

    /// Creates a pool.
    ///
    /// - Parameters:
    ///   - count: The number of connections, at least one.
    ///   - turn: The longest time for which a call waits for one.
    ///   - open: Opens a connection.
    init(_ count: Int, turn: Duration, _ open: @escaping @Sendable () throws -> PostgresConnection) {
        state = Mutex(State(idle: (0..<max(count, 1)).map { _ in DatabaseSession(open) }))
        self.turn = turn
    }

    /// Runs a function with one of the connections, on a thread for blocking calls.
    ///
    /// - Throws: The errors of the function, ``PostgresError`` as `JobStoreError`; `CancellationError`.
    func run<Value: Sendable>(_ body: @escaping @Sendable (PostgresConnection) throws -> Value) async throws -> Value {
        let session = try await acquire()
        defer { release(session) }
        do {
            return try await BlockingExecutor.databases.run { try await session.run(body) }
        } catch let error as PostgresError {
            throw error.jobStoreError
        }
    }

    private func acquire() async throws -> DatabaseSession {
        let (session, id) = state.withLock { state -> (DatabaseSession?, UInt64) in
            state.lastID += 1
            // The connection that was used last is the one that is open for sure.
            return (state.waiting.isEmpty ? state.idle.popLast() : nil, state.lastID)
        }
        if let session { return session }
        let timer = Task { [turn] in
            try await Task.sleep(for: turn)
            fail(id, JobStoreError(.unavailable, "all connections to the database were busy for \(turn)"))
        }
        defer {
            timer.cancel()
            state.withLock { $0.failures[id] = nil }
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in wait(id, continuation) }
        } onCancel: {
            fail(id, CancellationError())
        }
    }

    private func wait(_ id: UInt64, _ continuation: CheckedContinuation<DatabaseSession, any Error>) {
        let result = state.withLock { state -> Result<DatabaseSession, any Error>? in
            if let error = state.failures[id] { return .failure(error) }
            if state.waiting.isEmpty, let session = state.idle.popLast() { return .success(session) }
            state.waiting.append((id, continuation))
            return nil
        }
        if let result { continuation.resume(with: result) }
    }

    private func fail(_ id: UInt64, _ error: any Error) {
        let continuation = state.withLock { state -> CheckedContinuation<DatabaseSession, any Error>? in
            guard let index = state.waiting.firstIndex(where: { $0.id == id }) else {
                state.failures[id] = error
                return nil
            }
            return state.waiting.remove(at: index).continuation
        }
        continuation?.resume(throwing: error)
    }

    private func release(_ session: DatabaseSession) {
        let continuation = state.withLock { state -> CheckedContinuation<DatabaseSession, any Error>? in
            guard !state.waiting.isEmpty else {
                state.idle.append(session)
                return nil
            }
            return state.waiting.removeFirst().continuation
        }
        continuation?.resume(returning: session)
    }
}
