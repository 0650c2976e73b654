import FetchCore
import Synchronization

// Time.
extension WorkerLife {
    /// Renews at a fixed rate, and earlier if this worker or another waits for that. It returns when the worker is dead.
    func renew() async throws {
        var next = timeline.now
        var nextEarly = next
        while true {
            if timeline.now >= next || timeline.now >= nextEarly && state.withLock({ $0.renewsEarly(at: timeline.now) })
            {
                nextEarly = timeline.now + settings.earlyRenewalInterval
                guard try await renewOnce() else { return }
                while next <= timeline.now { next += settings.renewalInterval }
            }
            try await sleep(settings.writeInterval)
        }
    }

    /// Renews, and returns false if the worker is dead. A renewal that fails, or takes too long, is lost.
    private func renewOnce() async throws -> Bool {
        let sent = timeline.now
        let report = state.withLock { state in
            state.report(at: sent) { client(for: $0.account).requestsInFlight(to: $0.provider) }
        }
        let result: Fleet??? = try await attempt {
            try await withTimeout(settings.renewalTimeout, clock: client.environment.clock) {
                [store, settings] in try await store.renew(report, timeToLive: settings.timeToLive)
            }
        }
        guard let result = result ?? nil else {
            await change { state, _ in
                state.renewalWasLost()
                return []
            }
            return true
        }
        guard let fleet = result else {
            batch.drain()
            return false
        }
        deadline.extend(to: sent + settings.ownTimeToLive)
        await change { $0.renewed(fleet, reporting: report, at: $1) }
        dropUnusedClients()
        return true
    }

    /// Stops all requests when the worker's time is over.
    func watchTime() async throws {
        while true {
            let end = deadline.time
            guard timeline.now < end else {
                batch.drain()
                return
            }
            try await timeline.sleep(until: end)
        }
    }
}
