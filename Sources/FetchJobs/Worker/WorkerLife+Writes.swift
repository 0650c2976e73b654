import FetchCore
import Synchronization

// Outcomes of the batch, and what follows from them.
extension WorkerLife {
    func readOutcomes() async {
        do {
            for try await outcome in batch { await change { $0.take(outcome, at: $1) } }
        } catch {
            // The loop of a batch throws only if its task is cancelled, which this one isn't.
        }
    }

    func write() async throws {
        var pause = settings.writeInterval
        while true {
            try await sleep(pause)
            pause = try await writeAll() ? settings.writeInterval : min(pause * 2, settings.longestLeasePause)
        }
    }

    /// Writes what there is to write. Returns false if the store has failed, and the same or a part of it is to be
    /// written again.
    private func writeAll() async throws -> Bool {
        while state.withLock({ $0.hasWrites }) {
            guard try await writeOnce() else { return false }
        }
        return true
    }

    private func writeOnce() async throws -> Bool {
        let (ends, returns) = state.withLock { $0.nextWrites() }
        if !returns.isEmpty {
            let isDone: Void? = try await attempt { try await store.giveBack(returns, by: id) }
            guard isDone != nil else { return false }
            await change { state, _ in state.gaveBack(returns) }
        }
        return ends.isEmpty ? true : try await record(ends)
    }

    /// Records ends, and returns false if that failed. A final error may be that of the application's part for a single
    /// end. Were it the store's, a lease or a renewal would end the worker.
    private func record(_ ends: [EndedJob]) async throws -> Bool {
        let recorded = try await attempt(toleratesAll: true) { try await store.record(ends, by: id) }
        guard let recorded else {
            state.withLock { $0.recordingFailed(ends) }
            return false
        }
        await change { state, _ in state.recorded(ends, recorded) }
        return true
    }

    func takeHints() async throws {
        while true {
            try await sleep(settings.hintInterval)
            let isDone: Void? = try await attempt {
                for job in try await store.takeHints(of: id) {
                    let before = StoredJobID(rawValue: job.rawValue - 1)
                    let isLeased = try await store.leases(of: id, after: before, limit: 1).first?.id == job
                    await change { state, _ in state.take(hint: job, isLeased: isLeased) }
                }
            }
            // A lost hint may have been that of a job that was cancelled.
            if isDone == nil { state.withLock { $0.leaseWasLost() } }
        }
    }

    /// Ends the worker in order, within time limits: records, gives back, and removes the worker. The store gives back
    /// what it still has then.
    func end(_ waits: BatchSnapshot) async {
        let now = client.environment.wallClock()
        state.withLock { $0.giveBackAll(waits, at: now) }
        await retry(for: settings.writingTimeout) {
            try await self.store.leave(self.id)
            return try await self.writeAll()
        }
        await retry(for: settings.deregistrationTimeout) {
            try await self.store.deregister(self.id)
            try await self.storeDurations()
            return true
        }
    }

    /// Carries out a step of the worker's end until it returns true, fails for good, or its time is over.
    private func retry(for limit: Duration, _ step: @escaping @Sendable () async throws -> Bool) async {
        _ = try? await withTimeout(limit, clock: client.environment.clock) {
            while try await self.attempt(step) != true { try await self.sleep(.milliseconds(500)) }
        }
    }
}
