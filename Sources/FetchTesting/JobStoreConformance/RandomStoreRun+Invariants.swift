import FetchCore
import FetchJobs

// The invariants of a store, by the numbers of the list in the documentation of ``JobStoreConformance``.
extension RandomStoreRun {
    /// Checks what has to hold after each call.
    mutating func checkInvariants(after step: Int, all isComplete: Bool = false) async throws {
        let waiting = try await trial.store.jobs(JobPage(.waiting, limit: 100_000))
        let keys = waiting.map { "\($0.job.tenant ?? "") \($0.job.job)" }
        trial.expect(Set(keys).count == waiting.count, "Two waiting jobs have one tenant and reference.")
        try await checkOutcomes(waiting: Set(waiting.map(\.id)), after: step, all: isComplete)
        for stored in waiting {
            trial.expect(
                (stored.deaths >= StoredJob.deathsUntilParked) == (stored.parkedReason != nil),
                "The job \(stored.id) with \(stored.deaths) deaths is \(stored.parkedReason ?? "not parked")."
            )
            guard let worker = stored.worker else { continue }
            let isKnown = workers.contains { $0.id == worker }
            trial.expect(isKnown, "The job \(stored.id) is leased to the unknown worker \(worker).")
            trial.expect(stored.parkedReason == nil, "The parked job \(stored.id) is leased.")
        }
    }

    /// Checks each job that isn't waiting any more, and a few of the others.
    private mutating func checkOutcomes(
        waiting: Set<StoredJobID>,
        after step: Int,
        all isComplete: Bool
    ) async throws {
        var checked = added.keys.filter { isComplete || !waiting.contains($0) && outcomes[$0] == nil }.sorted()
        if !isComplete {
            for _ in 1...3 { if let id = added.keys.sorted().randomElement(using: &random) { checked.append(id) } }
        }
        for id in checked {
            guard let job = added[id] else { continue }
            let outcome = try await trial.store.outcome(of: job.job, tenant: job.tenant)
                .flatMap { $0.id == id ? $0 : nil }
            trial.expect(
                waiting.contains(id) != (outcome != nil),
                "After step \(step) the job \(id) is \(outcome == nil ? "lost" : "waiting and has ended")."
            )
            if let before = outcomes[id] {
                trial.expect(outcome == before, "After step \(step) the outcome of the job \(id) has changed.")
            }
            outcomes[id] = outcome
        }
        let isAgain = outcomes.keys.contains { waiting.contains($0) }
        trial.expect(!isAgain, "After step \(step) a job is waiting that had ended.")
    }

    /// Checks that no dead worker has a lease, after clearing up.
    func checkLeases() async throws {
        for stored in try await trial.store.jobs(JobPage(.waiting, limit: 100_000)) {
            guard let worker = workers.first(where: { $0.id == stored.worker }) else { continue }
            trial.expect(
                worker.expiry > now,
                "After clearing up, the job \(stored.id) is leased to the dead worker \(worker.id)."
            )
        }
    }

    /// Checks that the shares of the workers that still use them don't add up to more than the limit.
    func checkShares() {
        for account in [ProviderAccount("example"), ProviderAccount("example", "a")] {
            let sum = workers.reduce(0) { $0 + ($1.shares[account]?.requestsInFlight ?? 0) }
            trial.expect(
                sum <= RandomStoreWorker.limits.requestsInFlight,
                "The shares of \(account) add up to \(sum)."
            )
        }
    }

    /// Has all workers die, and one more end all jobs.
    mutating func finish() async throws {
        trial.advance(61)
        while try await trial.store.clearUp(limit: 5).isIncomplete {}
        try await checkLeases()
        for account in [nil, "a"] as [AccountID?] { try await trial.store.resume(ProviderAccount("example", account)) }
        let parked = try await trial.store.jobs(JobPage(.parked, limit: 100_000))
        try await trial.store.retry(parked.map(\.id))
        trial.advance(21)
        let last = try await trial.register()
        let request = LeaseRequest("example", endpoints: ["example.video", "example.audio"], limit: 100)
        var rounds = 0
        while rounds < 1_000 {
            let jobs = try await trial.store.lease(request, by: last)
            guard !jobs.isEmpty else { break }
            _ = try await trial.store.record(jobs.map { EndedJob($0.id, JobEnd(.succeeded)) }, by: last)
            rounds += 1
        }
        let waiting = try await trial.store.jobs(JobPage(.waiting))
        trial.expect(waiting.isEmpty, "At the end \(waiting.count) jobs can't be leased.")
        try await checkInvariants(after: -1, all: true)
        try await drainDeliveries()
    }

    private mutating func drainDeliveries() async throws {
        trial.advance(61)
        var rounds = 0
        while rounds < 10_000 {
            let outcomes = try await trial.store.takeDeliveries(limit: 50, for: .seconds(30))
            guard !outcomes.isEmpty else { break }
            taken.formUnion(outcomes.map(\.id))
            try await trial.store.acknowledge(outcomes.map(\.id))
            rounds += 1
        }
        trial.expect(taken == Set(added.keys), "Of \(added.count) outcomes \(taken.count) were delivered.")
    }
}
