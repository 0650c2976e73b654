import FetchCore
import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A worker from its registration to its end. All decisions are in ``WorkerState``; this class has the lock, the batch
/// and the loops that call the store.
final class WorkerLife: Sendable {
    /// The end of a life.
    enum End: Sendable {
        /// The worker couldn't renew in time. Its jobs belong to others.
        case expired
        /// The task was cancelled, and the worker has ended in order.
        case cancelled
        /// The store can't be used.
        case failed(any Error)
    }

    let id: WorkerID
    let settings: WorkerSettings
    let timeline: Timeline
    let store: any JobStore
    let client: FetchClient
    let batch: JobBatch
    let state: Mutex<WorkerState>
    let deadline: WorkerDeadline
    private let clients = Mutex<[AccountID: FetchClient]>([:])
    let counters: WorkerCounters
    private let throttles: AsyncStream<ProviderThrottle>

    init(
        _ id: WorkerID,
        registeredAt time: Duration,
        _ timeline: Timeline,
        client: FetchClient,
        store: any JobStore,
        _ settings: WorkerSettings,
        _ counters: WorkerCounters
    ) {
        self.id = id
        self.settings = settings
        self.timeline = timeline
        self.store = store
        self.client = client
        self.counters = counters
        let deadline = WorkerDeadline(time + settings.ownTimeToLive)
        batch = client.batch(keepsDetails: false) { timeline.now < deadline.time }
        self.deadline = deadline
        throttles = client.throttles
        state = Mutex(WorkerState(id: id, settings, at: time))
    }

    /// Runs the worker until its end.
    func run() async -> End {
        let reader = task { await self.readOutcomes() }
        let (end, waits) = await withTaskGroup(of: End.self) { group in
            let loops: [@Sendable () async throws -> Void] = [
                { try await self.renew() }, { try await self.watchTime() }, { try await self.lease() },
                { try await self.write() }, { try await self.takeHints() }, { try await self.clearUp() },
                { try await self.reportThrottles() },
            ]
            for loop in loops {
                group.addTask {
                    do {
                        try await loop()
                        return .expired
                    } catch is CancellationError {
                        return .cancelled
                    } catch {
                        return .failed(error)
                    }
                }
            }
            let end = await group.next() ?? .cancelled
            group.cancelAll()
            // Now, since a loop may be waiting for the store.
            return (end, batch.drain())
        }
        await reader.value
        if case .expired = end { return end }
        await task { await self.end(waits) }.value
        return end
    }

    /// Runs an operation in a task of its own, on the executor of the clock if it has one. Cancellation of the worker
    /// doesn't cancel it.
    private func task(_ operation: @escaping @Sendable () async -> Void) -> Task<Void, Never> {
        let executor = (client.environment.clock as? any ExecutorClock)?.taskExecutor
        return Task(executorPreference: executor, operation: operation)
    }

    /// The random number for a jitter, from 0 to 1.
    var random: Double { client.environment.random() }

    /// Carries out a call of the store. Returns `nil` if it failed and may succeed later.
    ///
    /// - Parameters:
    ///   - toleratesAll: True if no error of this call ends the worker. Defaults to false.
    ///   - call: The call.
    /// - Returns: The result, or `nil`.
    /// - Throws: Another error than those.
    func attempt<Value>(toleratesAll: Bool = false, _ call: () async throws -> Value) async throws -> Value? {
        do {
            return try await call()
        } catch let error as JobStoreError where toleratesAll || error.isRetryable {
            counters.note(error)
            return nil
        }
    }

    func sleep(_ duration: Duration) async throws { try await timeline.sleep(until: timeline.now + duration) }
}

// Actions.
extension WorkerLife {
    /// Reports the pauses after a 429, so that the other workers obey them.
    private func reportThrottles() async throws {
        for await throttle in throttles { await change { $0.throttled(throttle, at: $1) } }
        try Task.checkCancellation()
    }

    /// Changes the state, and carries out the actions that follow. Those that concern the client are carried out with
    /// the lock, so that they have the order of the changes.
    func change(_ body: (inout WorkerState, Duration) -> [WorkerAction]) async {
        let pauses = state.withLock { state -> [(ProviderAccount, Duration, String)] in
            let actions = body(&state, timeline.now)
            counters.add(state.takeStatistics())
            return actions.compactMap { action in
                if case .pauseAccount(let account, let duration, let reason) = action {
                    return (account, duration, reason)
                }
                if let wait = perform(action) { state.noteSchedule(wait, at: client.environment.wallClock()) }
                return nil
            }
        }
        for (account, duration, reason) in pauses {
            // If it fails, the next job of the account that is refused pauses it.
            _ = try? await attempt(toleratesAll: true) {
                try await store.pause(account, for: duration, because: reason)
            }
        }
    }

    /// Carries out an action, and returns the wait that it has ended.
    private func perform(_ action: WorkerAction) -> WaitingJob? {
        switch action {
        case .poll(let job): job.add(to: batch, at: client.environment.wallClock())
        case .stopPolling(let key): return batch.cancel(key.job, of: key.account)
        case .wake(let key): client(for: key.account).wake(key.job)
        case .setLimits(let account, let limits): client(for: account.account).setLimits(limits, for: account.provider)
        case .pauseClient(let account, let duration):
            client(for: account.account).pause(account.provider, for: duration)
        case .pauseAccount: break
        }
        return nil
    }

    /// Returns the client of an account. It is kept, since a client forgets the limits of an account that nothing uses.
    func client(for account: AccountID?) -> FetchClient {
        guard let account else { return client }
        return clients.withLock { clients in
            if let known = clients[account] { return known }
            let new = client.account(account)
            clients[account] = new
            return new
        }
    }

    /// Drops the clients of accounts of which the worker has no jobs any more.
    func dropUnusedClients() {
        let used = state.withLock { Set($0.accounts.keys.map(\.account)) }
        clients.withLock { $0 = $0.filter { used.contains($0.key) } }
    }
}
