import FetchCore
import FetchJobs

/// A run of two workers and a reader over a store that fails once. Each caller calls again.
struct InterruptedRun {
    let trial: JobStoreTrial
    let store: any JobStore
    private static let numbers = 1...6

    /// Calls again until the call succeeds.
    private func again<Result>(_ call: () async throws -> Result) async throws -> Result {
        while true {
            do {
                return try await call()
            } catch let error as JobStoreError where error.isRetryable {}
        }
    }

    func run() async throws {
        let jobs = try Self.numbers.map { try trial.job($0) }
        _ = try await again { try await store.add(jobs) }
        // The first worker records one job, gives one back and dies. Its last job is cancelled.
        let first = try await register()
        let ids = try await lease(by: first, atMost: 4)
        if let id = ids.first { try await record(id, .failed, by: first) }
        if let id = ids.dropFirst().first {
            try await again { try await store.giveBack([ReturnedJob(id, delay: .seconds(5))], by: first) }
        }
        _ = try await again { try await store.cancel(jobs[5].job, tenant: nil) }
        trial.advance(61)
        try await clearUp()
        // The second worker ends all others, renews, and leaves in order.
        let second = try await register()
        let fleet = try await again { try await store.renew(FleetWorker(id: second), timeToLive: .seconds(60)) }
        trial.expect(fleet != nil, "A worker is dead at once.")
        for id in try await lease(by: second, atMost: 100) { try await record(id, .succeeded, by: second) }
        try await again { try await store.leave(second) }
        try await again { try await store.deregister(second) }
        try await check(jobs)
        try await checkDeliveries()
    }

    private func register() async throws -> WorkerID {
        try await again { try await store.register("trial", timeToLive: .seconds(60)) }
    }

    /// Leases jobs. After a lost result, the worker looks for what it has leased.
    private func lease(by worker: WorkerID, atMost limit: Int) async throws -> [StoredJobID] {
        do {
            _ = try await store.lease(trial.request(limit: limit), by: worker)
        } catch let error as JobStoreError where error.isRetryable {
            let known = try await again { try await store.leases(of: worker, after: nil, limit: 100) }
            if known.isEmpty { _ = try await again { try await store.lease(trial.request(limit: limit), by: worker) } }
        }
        return try await again { try await store.leases(of: worker, after: nil, limit: 100) }.map(\.id)
    }

    private func record(_ id: StoredJobID, _ kind: JobEnd.Kind, by worker: WorkerID) async throws {
        let recorded = try await again { try await store.record([EndedJob(id, JobEnd(kind))], by: worker) }
        trial.expect(recorded == [id], "The worker that has leased job \(id) can't record its end.")
    }

    private func clearUp() async throws {
        while try await again({ try await store.clearUp(limit: 2) }).isIncomplete {}
    }

    private func check(_ jobs: [DurableJob]) async throws {
        let waiting = try await again { try await store.jobs(JobPage(.waiting)) }
        trial.expect(waiting.isEmpty, "At the end \(waiting.count) jobs are waiting.")
        var kinds: [JobEnd.Kind] = []
        for job in jobs {
            guard let outcome = try await again({ try await store.outcome(of: job.job, tenant: nil) }) else {
                trial.expect(false, "The job \(job.job) has no outcome.")
                continue
            }
            kinds.append(outcome.end.kind)
        }
        let expected: [JobEnd.Kind] = [.failed, .succeeded, .succeeded, .succeeded, .succeeded, .cancelled]
        trial.expect(kinds == expected, "The outcomes are \(kinds.map(\.rawValue)).")
    }

    private func checkDeliveries() async throws {
        var delivered: Set<StoredJobID> = []
        for _ in Self.numbers {
            let outcomes = try await again { try await store.takeDeliveries(limit: 4, for: .seconds(60)) }
            delivered.formUnion(outcomes.map(\.id))
            try await again { try await store.acknowledge(outcomes.map(\.id)) }
            trial.advance(61)
        }
        trial.expect(delivered.count == Self.numbers.count, "Of six outcomes \(delivered.count) were delivered.")
    }
}
