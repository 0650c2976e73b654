import FetchCore
import FetchJobs

// Adding, leasing and cancelling.
extension JobStoreRule {
    /// A tenant has at most one waiting job of a reference, and none while its outcome is kept.
    public static let adding = Self("adding", "Adding a job again adds nothing.") { trial in
        let job = try trial.job(1)
        let results = try await trial.store.add([job, job, try trial.job(1, tenant: "t")])
        try trial.require(results.count == 3, "Adding three jobs returned \(results.count) results.")
        guard case .added(let first) = results[0], case .alreadyWaiting(first) = results[1],
            case .added(let other) = results[2], first != other
        else { return trial.expect(false, "Adding a job twice and for another tenant returned \(results).") }
        let again = try await trial.store.add([job])
        trial.expect(again == [.alreadyWaiting(first)], "Adding a waiting job returned \(again).")
        let worker = try await trial.register()
        try await trial.lease(by: worker)
        let end = EndedJob(first, JobEnd(.failed))
        _ = try await trial.store.record([end], by: worker)
        guard case .alreadyEnded(let outcome) = try await trial.store.add([job]).first else {
            return trial.expect(false, "A job that has ended was added again.")
        }
        trial.expect(outcome.id == first && outcome.end == end.end, "The outcome of the ended job is \(outcome).")
        trial.expect(outcome.note == 1, "The outcome has the note \(String(describing: outcome.note)).")
    }

    /// A job that is too large is refused, together with those that are added with it.
    public static let invalidJobs = Self("invalidJobs", "All jobs of a call are added, or none.") { trial in
        var large = try trial.job(2)
        large.note = .string(String(repeating: "x", count: 3_000))
        do {
            let results = try await trial.store.add([try trial.job(1), large])
            trial.expect(false, "Adding a note of 3,000 bytes returned \(results).")
        } catch let error as JobStoreError {
            trial.expect(error.code == .invalidJob, "A note of 3,000 bytes has the error \(error).")
        }
        var deep = try trial.job(2)
        deep.note = (0..<200).reduce(JSONValue.null) { note, _ in .array([note]) }
        do {
            let results = try await trial.store.add([try trial.job(1), deep])
            trial.expect(false, "Adding a note of 200 levels returned \(results).")
        } catch let error as JobStoreError {
            trial.expect(error.code == .invalidJob, "A note of 200 levels has the error \(error).")
        }
        let waiting = try await trial.store.jobs(JobPage(.waiting))
        trial.expect(waiting.isEmpty, "After a refused call \(waiting.count) jobs are waiting.")
    }

    /// A worker leases due jobs of its endpoints, at most as many as it asks for, those that are due first before the
    /// others.
    public static let leasing = Self("leasing", "A worker gets the due jobs that it asks for.") { trial in
        let ids = try await trial.add(1...3)
        trial.advance(1)
        try await trial.store.add([DurableJob("example.other:1"), trial.job(4), trial.job(5, account: "a")])
        let worker = try await trial.register()
        let excluding = try await trial.store.lease(trial.request(limit: 2, excluding: [nil]), by: worker)
        trial.expect(excluding.map(\.stored.job.account) == ["a"], "Leasing without an account gave \(excluding).")
        let first = try await trial.store.lease(trial.request(limit: 2), by: worker)
        trial.expect(first.map(\.id) == Array(ids.prefix(2)), "Leasing two of three jobs gave \(first).")
        trial.expect(first.allSatisfy { $0.stored.worker == worker }, "Leased jobs don't name their worker.")
        trial.expect(first.allSatisfy { $0.date == trial.clock.date }, "Leased jobs have another date than now.")
        let rest = try await trial.lease(by: worker)
        trial.expect(rest.count == 2, "Leasing the rest gave \(rest.count) jobs of 2.")
        let none = try await trial.lease(by: worker)
        trial.expect(none.isEmpty, "Leased jobs were leased again.")
        let other = try await trial.store.jobs(JobPage(.waiting)).filter { $0.worker == nil }
        trial.expect(other.map(\.job.job.endpoint) == ["example.other"], "A job of an unknown endpoint was leased.")
        let unknown = try await trial.lease(by: WorkerID(rawValue: 999))
        trial.expect(unknown.isEmpty, "An unknown worker has leased jobs.")
    }

    /// Two workers never have the same job.
    public static let exclusiveLeases = Self("exclusiveLeases", "A job has one worker.") { trial in
        try await trial.add(1...10)
        let (one, two) = (try await trial.register(), try await trial.register())
        trial.expect(one != two, "Two workers have the number \(one).")
        let first = try await trial.lease(by: one, limit: 6)
        let second = try await trial.lease(by: two, limit: 6)
        trial.expect(Set(first).isDisjoint(with: second), "Two workers have leased the same job.")
        trial.expect(first.count + second.count == 10, "Of ten jobs \(first.count + second.count) were leased.")
    }

    /// A tenant with many jobs doesn't keep the jobs of others from being leased.
    public static let tenantsInTurn = Self("tenantsInTurn", "Tenants take turns.") { trial in
        try await trial.add(1...50, tenant: "large")
        trial.advance(1)
        try await trial.add(1...3, tenant: "small")
        let worker = try await trial.register()
        let leased = try await trial.store.lease(trial.request(limit: 10), by: worker)
        let small = leased.filter { $0.stored.job.tenant == "small" }
        trial.expect(leased.count == 10, "Ten jobs were asked for, and \(leased.count) leased.")
        trial.expect(small.count == 3, "Of the small tenant's three jobs \(small.count) were leased.")
    }

    /// A worker finds all jobs that it has leased, page by page.
    public static let lostLeases = Self("lostLeases", "A worker can list its leases.") { trial in
        try await trial.add(1...5)
        let worker = try await trial.register()
        let leased = try await trial.lease(by: worker).sorted()
        let first = try await trial.store.leases(of: worker, after: nil, limit: 3)
        let second = try await trial.store.leases(of: worker, after: first.last?.id, limit: 3)
        trial.expect((first + second).map(\.id) == leased, "The pages of leases are \(first + second).")
        trial.expect(first.count == 3, "A page of three leases has \(first.count).")
    }

    /// A cancelled job has an outcome at once, and its worker can't record another one.
    public static let cancelling = Self("cancelling", "Cancelling ends the wait at once.") { trial in
        let ids = try await trial.add(1...2)
        let worker = try await trial.register()
        try await trial.lease(by: worker)
        let job = try trial.job(1).job
        let outcome = try await trial.store.cancel(job, tenant: nil)
        trial.expect(outcome?.end.kind == .cancelled, "Cancelling returned \(String(describing: outcome)).")
        let again = try await trial.store.cancel(job, tenant: nil)
        trial.expect(again == outcome, "Cancelling again returned \(String(describing: again)).")
        let recorded = try await trial.store.record([EndedJob(ids[0], JobEnd(.succeeded))], by: worker)
        trial.expect(recorded.isEmpty, "The end of a cancelled job was recorded.")
        let kept = try await trial.store.outcome(of: job, tenant: nil)
        trial.expect(kept == outcome, "The outcome of a cancelled job has changed.")
        let hints = try await trial.store.takeHints(of: worker)
        trial.expect(hints == [ids[0]], "The worker of a cancelled job has the hints \(hints).")
        let unknown = try await trial.store.cancel(JobReference("example.video:77"), tenant: nil)
        trial.expect(unknown == nil, "Cancelling an unknown job returned an outcome.")
        let foreign = try await trial.store.cancel(try trial.job(2).job, tenant: "other")
        trial.expect(foreign == nil, "A tenant has cancelled the job of another one.")
    }

    /// A hint reaches the job's worker once, and makes a job without a worker due.
    public static let hints = Self("hints", "A hint reaches the worker.") { trial in
        let ids = try await trial.add(1...2)
        let worker = try await trial.register()
        try await trial.lease(by: worker)
        try await trial.store.giveBack([ReturnedJob(ids[1], delay: .seconds(500))], by: worker)
        try await trial.store.wake(try trial.job(1).job, tenant: nil)
        try await trial.store.wake(try trial.job(1).job, tenant: nil)
        try await trial.store.wake(try trial.job(2).job, tenant: nil)
        let hints = try await trial.store.takeHints(of: worker)
        trial.expect(Set(hints) == [ids[0]], "Two hints for a leased job gave \(hints).")
        let none = try await trial.store.takeHints(of: worker)
        trial.expect(none.isEmpty, "Hints were taken twice.")
        let due = try await trial.lease(by: worker)
        trial.expect(due == [ids[1]], "After a hint, \(due.count) jobs without a worker are due.")
    }
}
