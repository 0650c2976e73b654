import FetchCore
import FetchJobs

// Accounts, deliveries and inspection.
extension JobStoreRule {
    /// No jobs of a paused account are leased, until the pause is over or ended.
    public static let pauses = Self("pauses", "A paused account is left alone.") { trial in
        try await trial.add(1...2)
        let account = ProviderAccount("example")
        try await trial.store.pause(account, for: .seconds(30), because: "the key was refused")
        try await trial.store.pause(account, for: .seconds(10), because: "too many requests")
        let worker = try await trial.register()
        let fleet = try await trial.renew(worker)
        trial.expect(fleet?.pauses.map(\.reason) == ["the key was refused"], "Pauses are \(String(describing: fleet)).")
        trial.advance(20)
        let none = try await trial.lease(by: worker)
        trial.expect(none.isEmpty, "A job of a paused account was leased.")
        trial.advance(11)
        let over = try await trial.lease(by: worker, limit: 1)
        trial.expect(over.count == 1, "After the pause no job was leased.")
        try await trial.store.pause(account, for: nil, because: "a person")
        try await trial.store.pause(account, for: .seconds(1), because: "too many requests")
        trial.advance(20)
        let paused = try await trial.lease(by: worker)
        trial.expect(paused.isEmpty, "A pause without an end has ended.")
        trial.expect(try await trial.store.resume(account), "Ending a pause returns false.")
        trial.expect(try await !trial.store.resume(account), "Ending no pause returns true.")
        let resumed = try await trial.lease(by: worker)
        trial.expect(resumed.count == 1, "After the end of the pause no job was leased.")
    }

    /// An outcome is delivered until it is acknowledged, to one reader at a time.
    public static let deliveries = Self("deliveries", "Outcomes are delivered at least once.") { trial in
        let ids = try await trial.add(1...3)
        let worker = try await trial.register()
        try await trial.lease(by: worker)
        _ = try await trial.store.record(ids.map { EndedJob($0, JobEnd(.failed)) }, by: worker)
        let first = try await trial.store.takeDeliveries(limit: 2, for: .seconds(60))
        let second = try await trial.store.takeDeliveries(limit: 9, for: .seconds(60))
        let counts = [first.count, second.count]
        try trial.require(counts == [2, 1], "Two readers of three outcomes have \(counts).")
        trial.expect(Set((first + second).map(\.id)) == Set(ids), "Two readers have the same outcome.")
        try await trial.store.acknowledge([first[0].id])
        try await trial.store.acknowledge([first[0].id])
        trial.advance(61)
        let again = try await trial.store.takeDeliveries(limit: 9, for: .seconds(60))
        trial.expect(Set(again.map(\.id)) == Set(ids).subtracting([first[0].id]), "Delivered again: \(again).")
        try await trial.store.acknowledge(again.map(\.id))
        trial.advance(61)
        let none = try await trial.store.takeDeliveries(limit: 9, for: .seconds(60))
        trial.expect(none.isEmpty, "Acknowledged outcomes were delivered again.")
    }

    /// Learned durations are kept, unless those of the store have more weight.
    public static let durations = Self("durations", "Durations with more weight are kept.") { trial in
        var small = JobDurations()
        small.learn(CompletedJob(pendingAt: .seconds(10), doneAt: .seconds(12)))
        var large = small
        for _ in 1...20 { large.learn(CompletedJob(pendingAt: .seconds(30), doneAt: .seconds(31))) }
        for durations in [small, large, small] { try await trial.store.merge(["example.video": durations]) }
        let kept = try await trial.store.durations()
        trial.expect(kept == ["example.video": large], "The store hasn't kept the durations with most weight.")
    }

    /// The overview and the pages show what is there.
    public static let inspection = Self("inspection", "A store shows its jobs and workers.") { trial in
        let ids = try await trial.add(1...5)
        let worker = try await trial.register()
        try await trial.lease(by: worker, limit: 1)
        let overview = try await trial.store.overview()
        trial.expect(overview.isEstimate || overview.waitingJobs == 5, "Of five jobs \(overview.waitingJobs) wait.")
        trial.expect(overview.parkedJobs == 0, "Without parked jobs, the overview shows \(overview.parkedJobs).")
        trial.expect(overview.fleet.workers.map(\.id) == [worker], "The overview doesn't show the worker.")
        let first = try await trial.store.jobs(JobPage(.waiting, limit: 3))
        let second = try await trial.store.jobs(JobPage(.waiting, after: first.last?.id, limit: 3))
        trial.expect((first + second).map(\.id) == ids, "The pages of five jobs have \((first + second).map(\.id)).")
        trial.expect(first.first?.worker == worker, "A page doesn't show the worker of a job.")
        let parked = try await trial.store.jobs(JobPage(.parked))
        trial.expect(parked.isEmpty, "Jobs that aren't parked are listed as parked.")
    }
}
