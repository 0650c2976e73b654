import Synchronization

/// The refreshes of keys that a provider has refused: at most one at a time for each key.
///
/// The requests that a provider refuses because of one key wait for one call of the credentials function. A request
/// that was sent with the key before the refresh ended takes its result as well.
final class KeyRefreshes: Sendable {
    /// The key of a refresh: an API key that a provider has refused. Accounts with the same key don't share a refresh,
    /// since they may have different ones afterwards.
    struct ID: Hashable {
        let account: AccountID?
        let provider: ProviderID
        let refused: APIKey
    }

    /// A call of the credentials function, and the requests that wait for it.
    private struct Refresh {
        let number: Int
        var waits: [ObjectIdentifier: Promise<APIKey?>] = [:]
        var task: Task<Void, Never>?
    }

    /// The result of a refresh, and its number among those that have ended.
    private struct KeyResult {
        let number: Int
        let key: APIKey?
    }

    private struct State {
        var running: [ID: Refresh] = [:]
        var results: [ID: KeyResult] = [:]
        /// The refreshes that have ended, the latest one last. Some of the earliest have no result any more.
        var ended: [(id: ID, number: Int)] = []
        /// The number of refreshes that have ended.
        var count = 0
        var lastNumber = 0

        mutating func keep(_ key: APIKey?, of id: ID) {
            count += 1
            results[id] = KeyResult(number: count, key: key)
            ended.append((id, count))
            guard ended.count > 2 * KeyRefreshes.minimumResults else { return }
            for (id, number) in ended.prefix(KeyRefreshes.minimumResults) where results[id]?.number == number {
                results[id] = nil
            }
            ended.removeFirst(KeyRefreshes.minimumResults)
        }
    }

    /// The minimum number of refreshes whose results are kept, for requests that were in flight meanwhile: the tokens
    /// of many accounts may expire at the same time.
    private static let minimumResults = 4_096

    private let state = Mutex(State())

    /// The number of refreshes that have ended.
    var count: Int { state.withLock(\.count) }

    /// Returns the key that replaces a refused one, or `nil` if there is no other key.
    ///
    /// It returns when its task is cancelled, whatever the credentials function does. If no request waits for the
    /// function any more, its task is cancelled too, and the next refusal calls it again.
    ///
    /// - Parameters:
    ///   - id: The refused key.
    ///   - since: The number of refreshes that had ended when the key was looked up. `nil` if it is a key that never
    ///     changes.
    ///   - executor: The executor of the credentials function.
    ///   - unreturned: Counts the function while it hasn't returned after its task was cancelled.
    ///   - load: Calls the credentials function.
    /// - Returns: The key, which may be the refused one.
    /// - Throws: What `load` throws; `CancellationError`.
    func key(
        _ id: ID,
        since: Int?,
        on executor: any TaskExecutor,
        unreturned: UnreturnedCalls,
        load: @escaping @Sendable () async throws -> APIKey?
    ) async throws -> APIKey? {
        let wait = Promise<APIKey?>()
        let key = ObjectIdentifier(wait)
        let newNumber = state.withLock { state -> Int? in
            if let since, let result = state.results[id], result.number > since {
                wait.fulfill(.success(result.key))
                return nil
            }
            if state.running[id] != nil {
                state.running[id]?.waits[key] = wait
                return nil
            }
            state.lastNumber += 1
            state.running[id] = Refresh(number: state.lastNumber, waits: [key: wait])
            return state.lastNumber
        }
        if let newNumber { begin(id, newNumber, on: executor, unreturned, load) }
        return try await withTaskCancellationHandler {
            try await wait.wait()
        } onCancel: {
            guard wait.fulfill(.failure(CancellationError())) else { return }
            leave(id, key, unreturned)
        }
    }

    private func begin(
        _ id: ID,
        _ number: Int,
        on executor: any TaskExecutor,
        _ unreturned: UnreturnedCalls,
        _ load: @escaping @Sendable () async throws -> APIKey?
    ) {
        // Not detached: the function may read task-local values of the request.
        let task = Task(executorPreference: executor) {
            let result: Result<APIKey?, any Error>
            do { result = .success(try await load()) } catch { result = .failure(error) }
            self.end(id, number, result, unreturned)
        }
        let isWanted = state.withLock { state -> Bool in
            guard state.running[id]?.number == number else { return false }
            state.running[id]?.task = task
            return true
        }
        // All requests have left, or the function has returned already.
        if !isWanted { task.cancel() }
    }

    private func end(_ id: ID, _ number: Int, _ result: Result<APIKey?, any Error>, _ unreturned: UnreturnedCalls) {
        let waits = state.withLock { state -> [Promise<APIKey?>]? in
            guard let refresh = state.running[id], refresh.number == number else { return nil }
            state.running[id] = nil
            if case .success(let key) = result {
                state.keep(key, of: id)
            }
            return Array(refresh.waits.values)
        }
        guard let waits else { return unreturned.noteReturn() }
        for wait in waits { wait.fulfill(result) }
    }

    private func leave(_ id: ID, _ key: ObjectIdentifier, _ unreturned: UnreturnedCalls) {
        let abandoned = state.withLock { state -> Refresh? in
            guard state.running[id]?.waits.removeValue(forKey: key) != nil else { return nil }
            guard let refresh = state.running[id], refresh.waits.isEmpty else { return nil }
            state.running[id] = nil
            return refresh
        }
        guard let abandoned else { return }
        unreturned.noteGivenUp()
        abandoned.task?.cancel()
    }
}
