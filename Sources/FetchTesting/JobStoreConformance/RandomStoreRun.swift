import FetchCore
import FetchJobs

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Workers and readers that call a store at random, and what the store has promised them.
struct RandomStoreRun {
    let trial: JobStoreTrial
    var random: SeededNumbers
    var workers: [RandomStoreWorker] = []
    var added: [StoredJobID: DurableJob] = [:]
    var outcomes: [StoredJobID: StoredOutcome] = [:]
    var acknowledged: Set<StoredJobID> = []
    var taken: Set<StoredJobID> = []
    /// The ends of the pauses.
    private var pauses: [AccountID?: Date] = [:]
    private var lastNumber = 0

    init(trial: JobStoreTrial, seed: UInt64) {
        self.trial = trial
        random = SeededNumbers(seed: seed)
    }

    var now: Date { trial.clock.date }

    mutating func run(steps: Int) async throws {
        for step in 1...max(steps, 1) {
            try await self.step()
            try await checkInvariants(after: step)
            guard trial.violations.isEmpty else { return }
        }
        try await finish()
    }

    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

    private mutating func step() async throws {
        switch Int.random(in: 0..<24, using: &random) {
        case 0..<4: try await add()
        case 4..<6: try await register()
        case 6..<10: try await lease()
        case 10..<13: try await record()
        case 13: try await giveBack()
        case 14..<17: try await renew()
        case 17: die()
        case 18: try await cancel()
        case 19: try await read()
        case 20: try await pause()
        case 21: try await wake()
        default: try await pass()
        }
    }

    /// Lets time pass, and clears up, not always to the end.
    private mutating func pass() async throws {
        trial.advance(Int.random(in: 1...40, using: &random))
        for index in workers.indices { workers[index].stop(at: now) }
        let limit = Int.random(in: 1...8, using: &random)
        guard chance(30) else {
            _ = try await trial.store.clearUp(limit: limit)
            return
        }
        while try await trial.store.clearUp(limit: limit).isIncomplete {}
        try await checkLeases()
    }
}

// The application.
extension RandomStoreRun {
    private mutating func add() async throws {
        // Some of the references are known already, of the tenant or of the other one.
        lastNumber += Int.random(in: 0...2, using: &random)
        let name: EndpointName = lastNumber.isMultiple(of: 5) ? "example.audio" : "example.video"
        let job = try DurableJob(
            "\(name):\(lastNumber)",
            tenant: chance(20) ? "t" : nil,
            account: lastNumber.isMultiple(of: 3) ? "a" : nil,
            note: .integer(Int64(lastNumber))
        )
        for result in try await trial.store.add([job]) {
            if case .alreadyWaiting(let id) = result {
                trial.expect(added[id] != nil, "The store waits for the job \(id), which it hasn't added.")
            }
            added[result.id] = job
        }
    }

    private mutating func pickJob() -> DurableJob? {
        added.keys.sorted().randomElement(using: &random).flatMap { added[$0] }
    }

    private mutating func cancel() async throws {
        guard chance(50), let job = pickJob() else { return }
        _ = try await trial.store.cancel(job.job, tenant: job.tenant)
    }

    private mutating func pause() async throws {
        let account: AccountID? = chance(50) ? "a" : nil
        if chance(40) {
            pauses[account] = nil
            try await trial.store.resume(ProviderAccount("example", account))
            return
        }
        let seconds = Int.random(in: 0...60, using: &random)
        try await trial.store.pause(ProviderAccount("example", account), for: .seconds(seconds), because: "a reason")
        pauses[account] = max(pauses[account] ?? .distantPast, now.addingTimeInterval(Double(seconds)))
    }

    private mutating func wake() async throws {
        guard let job = pickJob(), let index = pickWorker() else { return }
        try await trial.store.wake(job.job, tenant: job.tenant)
        let leased = Set(try await trial.store.leases(of: workers[index].id, after: nil, limit: 1_000).map(\.id))
        for id in try await trial.store.takeHints(of: workers[index].id) where !leased.contains(id) {
            // It was cancelled while the worker had it.
            guard let job = added[id] else { continue }
            let outcome = try await trial.store.outcome(of: job.job, tenant: job.tenant)
            trial.expect(outcome != nil, "The worker \(workers[index].id) has a hint about a job of another one.")
        }
    }

    private mutating func read() async throws {
        let outcomes = try await trial.store.takeDeliveries(limit: 3, for: .seconds(30))
        trial.expect(acknowledged.isDisjoint(with: outcomes.map(\.id)), "An acknowledged outcome was delivered again.")
        taken.formUnion(outcomes.map(\.id))
        // Some readers die before they acknowledge.
        guard chance(60) else { return }
        try await trial.store.acknowledge(outcomes.map(\.id))
        acknowledged.formUnion(outcomes.map(\.id))
    }
}

// Workers.
extension RandomStoreRun {
    private mutating func register() async throws {
        let id = try await trial.register()
        trial.expect(!workers.contains { $0.id == id }, "The number \(id) of a worker was used again.")
        // Each other worker doesn't know one of the endpoints.
        let endpoints: Set<EndpointName> = workers.count.isMultiple(of: 2) ? ["example.audio"] : []
        workers.append(RandomStoreWorker(id: id, endpoints: endpoints.union(["example.video"]), at: now))
    }

    private mutating func pickWorker(running: Bool = true) -> Int? {
        workers.indices.filter { workers[$0].isRunning || !running }.randomElement(using: &random)
    }

    private mutating func lease() async throws {
        guard let index = pickWorker() else { return }
        let excluded: Set<AccountID?> = chance(10) ? ["a"] : []
        let request = LeaseRequest(
            "example",
            endpoints: workers[index].endpoints,
            excludedAccounts: excluded,
            limit: Int.random(in: 1...6, using: &random)
        )
        let leased = try await trial.store.lease(request, by: workers[index].id)
        check(leased, of: request, by: workers[index])
        // Of some leases the result is lost.
        if !chance(10) { workers[index].jobs.formUnion(leased.map(\.id)) }
        if chance(20) {
            let all = try await trial.store.leases(of: workers[index].id, after: nil, limit: 1_000)
            workers[index].jobs.formUnion(all.map(\.id))
        }
    }

    private func check(_ leased: [LeasedJob], of request: LeaseRequest, by worker: RandomStoreWorker) {
        trial.expect(leased.isEmpty || worker.expiry > now, "The worker \(worker.id) has leased after its time.")
        for job in leased {
            let (stored, endpoint, account) = (job.stored, job.stored.job.job.endpoint, job.stored.job.account)
            trial.expect(outcomes[job.id] == nil, "A job that has ended was leased.")
            trial.expect(request.endpoints.contains(endpoint), "A job of an unknown endpoint was leased.")
            trial.expect(!request.excludedAccounts.contains(account), "A job of an excluded account was leased.")
            trial.expect(pauses[account].map { $0 <= now } ?? true, "A job of a paused account was leased.")
            trial.expect(stored.parkedReason == nil, "A parked job was leased.")
        }
    }

    private mutating func record() async throws {
        guard let index = pickWorker(running: false) else { return }
        let jobs = workers[index].jobs.sorted().prefix(Int.random(in: 1...3, using: &random))
        let kind = JobEnd.Kind.allCases.randomElement(using: &random) ?? .failed
        let held = Set(try await trial.store.leases(of: workers[index].id, after: nil, limit: 1_000).map(\.id))
        let recorded = try await trial.store.record(jobs.map { EndedJob($0, JobEnd(kind)) }, by: workers[index].id)
        for id in jobs {
            let isMine = outcomes[id].map { $0.worker == workers[index].id } ?? held.contains(id)
            trial.expect(
                recorded.contains(id) == isMine,
                "The worker \(workers[index].id) \(isMine ? "can't record" : "has recorded") the job \(id)."
            )
        }
        // Of some records the result is lost, and the worker repeats them.
        if !chance(20) { workers[index].jobs.subtract(jobs) }
    }

    private mutating func giveBack() async throws {
        guard
            let index = pickWorker(running: false),
            let id = workers[index].jobs.sorted().randomElement(using: &random)
        else { return }
        let before = try await trial.store.jobs(JobPage(.waiting, limit: 100_000)).first { $0.id == id }
        let job = ReturnedJob(id, delay: .seconds(Int.random(in: 0...20, using: &random)))
        try await trial.store.giveBack([job], by: workers[index].id)
        workers[index].jobs.remove(id)
        guard let before, before.worker != workers[index].id else { return }
        let after = try await trial.store.jobs(JobPage(.waiting, limit: 100_000)).first { $0.id == id }
        trial.expect(after == before, "The worker \(workers[index].id) has given back the job \(id) of another one.")
    }

    private mutating func renew() async throws {
        guard let index = pickWorker() else { return }
        let (worker, added) = (workers[index], added)
        let report = workers[index].report { added[$0].map { ProviderAccount("example", $0.account) } }
        guard let fleet = try await trial.store.renew(report, timeToLive: RandomStoreWorker.timeToLive) else {
            trial.expect(worker.expiry <= now, "The worker \(worker.id) can't renew before its time is over.")
            workers[index].isRunning = false
            workers[index].stop(at: now)
            return
        }
        trial.expect(worker.expiry > now, "The worker \(worker.id) has renewed after its time.")
        workers[index].expiry = now.addingTimeInterval(RandomStoreWorker.timeToLive.seconds)
        // Of some renewals the result is lost.
        if !chance(15) { workers[index].receive(fleet, of: report, sentAt: now) }
        checkShares()
    }

    private mutating func die() {
        guard let index = pickWorker() else { return }
        workers[index].isRunning = false
        workers[index].stop(at: now)
    }
}
