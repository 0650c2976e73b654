import FetchCore
import Synchronization

// Leases of jobs, the own ones and those of dead workers.
extension WorkerLife {
    func lease() async throws {
        var pause: Duration = .seconds(1)
        while true {
            let count = try await leaseOnce()
            pause = count > 0 ? .seconds(1) : min(pause * 2, settings.longestLeasePause)
            let isFull = count >= settings.leaseBatch
            let shortest: Duration = state.withLock { $0.isAlone || $0.takesAll } ? .zero : .milliseconds(250)
            try await sleep(isFull ? shortest : pause * (0.75 + random / 2))
        }
    }

    /// Leases due jobs of each provider, and compares the leases with those of the store if they may differ. Does
    /// nothing while another call is at it. Returns the number of jobs that it leased.
    private func leaseOnce() async throws -> Int {
        guard state.withLock({ $0.beginsLeasing() }) else { return 0 }
        defer { state.withLock { $0.endsLeasing() } }
        var count = 0
        for provider in try state.withLock({ state throws(FetchError) in try state.providers }) {
            guard let request = state.withLock({ $0.leaseRequest(of: provider, at: timeline.now) }) else { continue }
            if let jobs = try await attempt({ try await self.store.lease(request, by: self.id) }) {
                count += jobs.count
                await change { state, time in
                    state.noteLease(jobs, by: request)
                    return state.take(jobs, at: time)
                }
            } else {
                state.withLock { $0.leaseWasLost() }
            }
        }
        if state.withLock({ $0.beginsReconciliation(at: timeline.now) }) { try await reconcile() }
        return count
    }

    /// Takes the jobs that the worker has leased without knowing it, and drops those that it no longer has. If the
    /// store is unavailable, that is done after the next lease.
    private func reconcile() async throws {
        var (last, isComplete) = (nil as StoredJobID?, false)
        while !isComplete {
            let next = last
            guard let page = try await attempt({ try await self.leases(after: next) }) else {
                return state.withLock { $0.leaseWasLost() }
            }
            await change { $0.take(listed: page, at: $1) }
            (last, isComplete) = (page.last?.id, page.count < settings.leaseBatch)
        }
        await change { state, _ in state.endReconciliation() }
    }

    private func leases(after last: StoredJobID?) async throws -> [LeasedJob] {
        try await store.leases(of: id, after: last, limit: settings.leaseBatch)
    }

    /// Takes the durations that other workers have learned, and clears up in rounds. An error of the store only ends the
    /// round: where it keeps a worker from its jobs, the calls for those show it.
    func clearUp() async throws {
        if let durations = try await attempt({ try await self.store.durations() }) { client.begin(with: durations) }
        while true {
            try await sleep(settings.clearUpInterval * (1 + random / 2))
            _ = try await attempt(toleratesAll: true) {
                // The jobs of a dead worker wait no longer than for the next round, and no share waits for it longer
                // than for a renewal.
                if try await returnJobsOfDeadWorkers() > 0 {
                    state.withLock { state in
                        state.hasFleetChanged = true
                        state.takesAll = true
                    }
                    try await sleep(settings.writeInterval * 2)
                    while try await leaseOnce() >= settings.leaseBatch {}
                }
                try await storeDurations()
            }
        }
    }

    /// Stores what the client has learned, for other workers.
    func storeDurations() async throws {
        let durations = client.durations
        if !durations.isEmpty { try await store.merge(durations) }
    }

    /// Returns the number of jobs that were leased to dead workers.
    private func returnJobsOfDeadWorkers() async throws -> Int {
        var (returned, isIncomplete) = (0, true)
        while isIncomplete {
            let result = try await store.clearUp(limit: 5_000)
            (returned, isIncomplete) = (returned + result.returnedJobs, result.isIncomplete)
        }
        return returned
    }
}
