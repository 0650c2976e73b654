import FetchCore
import FetchJobs

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

// The lives of workers, and what they write.
extension JobStoreRule {
    /// A worker lives as long as it renews in time, and never again after that.
    public static let renewal = Self("renewal", "A worker that is late is dead for ever.") { trial in
        let (one, two) = (try await trial.register(), try await trial.register())
        trial.advance(50)
        let report = FleetWorker(id: one, jobs: [ProviderAccount("example"): 3], appliedFleet: trial.clock.date)
        let fleet = try await trial.store.renew(report, timeToLive: trial.timeToLive)
        let ids = fleet?.workers.map(\.id)
        trial.expect(ids == [one, two], "The fleet of two workers is \(String(describing: ids)).")
        trial.expect(fleet?.workers.first == report, "A worker's own report isn't in its fleet.")
        trial.expect(fleet?.date == trial.clock.date, "The fleet's date isn't the store's.")
        trial.advance(15)
        let late = try await trial.renew(two)
        trial.expect(late == nil, "A worker has renewed after its time was over.")
        let leased = try await trial.lease(by: two)
        trial.expect(leased.isEmpty, "A worker has leased jobs after its time was over.")
        try await trial.store.clearUp(limit: 100)
        let rest = try await trial.renew(one)
        trial.expect(rest?.workers.map(\.id) == [one], "A dead worker is in the fleet.")
        let dead = try await trial.renew(two)
        trial.expect(dead == nil, "A dead worker has renewed.")
        let third = try await trial.register()
        trial.expect(third > two, "A new worker has the number \(third), after \(two).")
    }

    /// A worker whose jobs were given to another one can't write.
    public static let fencing = Self("fencing", "Only the worker that has a job writes.") { trial in
        let ids = try await trial.add(1...2)
        let old = try await trial.register()
        try await trial.lease(by: old)
        try await trial.endWorkers()
        let new = try await trial.register()
        let leased = try await trial.lease(by: new)
        trial.expect(leased.sorted() == ids, "A dead worker's jobs weren't leased again.")
        let late = try await trial.store.record([EndedJob(ids[0], JobEnd(.failed))], by: old)
        trial.expect(late.isEmpty, "A dead worker has recorded an end.")
        try await trial.store.giveBack([ReturnedJob(ids[1], parkedReason: "no")], by: old)
        let end = JobEnd(.succeeded, artifacts: [Artifact(.text("done"))], requests: 4)
        let recorded = try await trial.store.record(ids.map { EndedJob($0, end) }, by: new)
        trial.expect(recorded == Set(ids), "Of two ends \(recorded.count) were recorded.")
        let outcome = try await trial.store.outcome(of: try trial.job(1).job, tenant: nil)
        trial.expect(outcome?.end == end, "The outcome is \(String(describing: outcome)).")
        trial.expect(outcome?.worker == new, "The outcome has the worker \(String(describing: outcome?.worker)).")
        let lateAgain = try await trial.store.record([EndedJob(ids[0], JobEnd(.failed))], by: old)
        trial.expect(lateAgain.isEmpty, "A dead worker has recorded an end after another one.")
    }

    /// A worker that repeats a record finds that its ends are recorded, and changes nothing.
    public static let repeatedRecords = Self("repeatedRecords", "Recording can be repeated.") { trial in
        let ids = try await trial.add(1...1)
        let worker = try await trial.register()
        try await trial.lease(by: worker)
        _ = try await trial.store.record([EndedJob(ids[0], JobEnd(.failed))], by: worker)
        let again = try await trial.store.record([EndedJob(ids[0], JobEnd(.succeeded))], by: worker)
        trial.expect(again == Set(ids), "Repeating a record returned \(again).")
        let outcome = try await trial.store.outcome(of: try trial.job(1).job, tenant: nil)
        trial.expect(outcome?.end.kind == .failed, "Repeating a record has changed the outcome.")
        let deliveries = try await trial.store.takeDeliveries(limit: 10, for: .seconds(60))
        trial.expect(deliveries.count == 1, "An outcome that was recorded twice has \(deliveries.count) deliveries.")
    }

    /// A job that was given back is leased again after its delay, unless it is parked.
    public static let givingBack = Self("givingBack", "A job is given back with its delay.") { trial in
        let ids = try await trial.add(1...2)
        let worker = try await trial.register()
        try await trial.lease(by: worker)
        let returned = [
            ReturnedJob(ids[0], delay: .seconds(30), sinceLastRequest: .seconds(5)),
            ReturnedJob(ids[1], parkedReason: "the server isn't trusted"),
        ]
        try await trial.store.giveBack(returned, by: worker)
        let early = try await trial.lease(by: worker)
        trial.expect(early.isEmpty, "Jobs were leased before their delay was over.")
        let date = trial.clock.date
        trial.advance(31)
        let later = try await trial.store.lease(trial.request(), by: worker)
        trial.expect(later.map(\.id) == [ids[0]], "After the delay, \(later.count) jobs were leased.")
        let interval = later.first?.stored.lastRequest.map { date.timeIntervalSince($0) }
        trial.expect(interval.map { abs($0 - 5) < 0.01 } ?? false, "The last request isn't kept.")
        let parked = try await trial.store.jobs(JobPage(.parked))
        trial.expect(parked.map(\.parkedReason) == ["the server isn't trusted"], "Parked jobs are \(parked).")
        let overview = try await trial.store.overview()
        trial.expect(overview.parkedJobs == 1, "Of one parked job, the overview shows \(overview.parkedJobs).")
        let retried = try await trial.store.retry(ids)
        trial.expect(retried == [ids[1]], "Of one parked job, \(retried.count) were retried.")
        let again = try await trial.store.retry(ids)
        trial.expect(again.isEmpty, "Jobs that aren't parked were retried.")
        let leased = try await trial.lease(by: worker)
        trial.expect(leased == [ids[1]], "After a retry, \(leased.count) jobs were leased.")
    }

    /// A worker that ends in order gets no more jobs, can still write, and leaves no death behind.
    public static let orderlyEnd = Self("orderlyEnd", "A worker can end in order.") { trial in
        let ids = try await trial.add(1...3)
        let worker = try await trial.register()
        try await trial.lease(by: worker, limit: 2)
        try await trial.store.leave(worker)
        let more = try await trial.lease(by: worker)
        trial.expect(more.isEmpty, "A leaving worker has leased jobs.")
        let recorded = try await trial.store.record([EndedJob(ids[0], JobEnd(.failed))], by: worker)
        trial.expect(recorded == [ids[0]], "A leaving worker can't record.")
        try await trial.store.deregister(worker)
        try await trial.store.deregister(worker)
        try await trial.store.clearUp(limit: 100)
        let next = try await trial.register()
        let leased = try await trial.store.lease(trial.request(), by: next)
        let rest = Set(leased.map(\.id))
        trial.expect(rest == Set(ids.dropFirst()), "After an orderly end \(leased.count) jobs are due.")
        trial.expect(leased.allSatisfy { $0.stored.deaths == 0 }, "An orderly end counts as a death.")
    }

    /// A job with which five workers have died is parked, and can be retried.
    public static let deaths = Self("deaths", "A job is parked after five deaths.") { trial in
        let ids = try await trial.add(1...1)
        for death in 1...StoredJob.deathsUntilParked {
            let leased = try await trial.lease(by: try await trial.register())
            trial.expect(leased == ids, "After \(death - 1) deaths the job isn't due.")
            let result = try await trial.endWorkers()
            trial.expect(result.returnedJobs == 1, "Clearing up returned \(result.returnedJobs) jobs.")
            let parked = death == StoredJob.deathsUntilParked ? 1 : 0
            trial.expect(result.parkedJobs == parked, "After \(death) deaths \(result.parkedJobs) jobs are parked.")
        }
        let none = try await trial.lease(by: try await trial.register())
        trial.expect(none.isEmpty, "A parked job was leased.")
        try await trial.store.retry(ids)
        let worker = try await trial.register()
        let retried = try await trial.store.lease(trial.request(), by: worker)
        trial.expect(retried.map(\.stored.deaths) == [0], "A retried job still has its deaths.")
    }

    /// The death of a worker that has lived for five minutes isn't counted.
    public static let longLives = Self("longLives", "Only early deaths count.") { trial in
        try await trial.add(1...1)
        let worker = try await trial.register()
        try await trial.lease(by: worker)
        for _ in 1...7 {
            trial.advance(50)
            _ = try await trial.renew(worker)
        }
        try await trial.endWorkers()
        let leased = try await trial.store.lease(trial.request(), by: try await trial.register())
        trial.expect(leased.map(\.stored.deaths) == [0], "The death after a long life was counted.")
    }

    /// Jobs whose workers have died come back in small batches, and don't hold up others.
    public static let batchesAfterDeaths = Self("batchesAfterDeaths", "Batches after deaths are small.") { trial in
        try await trial.add(1...200)
        try await trial.lease(by: try await trial.register(), limit: 200)
        try await trial.endWorkers()
        try await trial.add(201...210)
        let leased = try await trial.store.lease(trial.request(limit: 200), by: try await trial.register())
        let after = leased.filter { $0.stored.deaths > 0 }.count
        trial.expect(after == LeaseRequest.maximumAfterDeaths, "A batch has \(after) jobs with deaths.")
        trial.expect(leased.count - after == 10, "A batch has \(leased.count - after) of 10 jobs without deaths.")
        let rest = try await trial.lease(by: try await trial.register(), limit: 200)
        trial.expect(rest.count == 64, "The next batch has \(rest.count) jobs.")
    }

    /// Clearing up may stop anywhere and go on later.
    public static let stepwiseClearUp = Self("stepwiseClearUp", "Clearing up goes on where it stopped.") { trial in
        try await trial.add(1...25)
        try await trial.lease(by: try await trial.register())
        trial.advance(61)
        var returned = 0
        var calls = 0
        var isIncomplete = true
        while isIncomplete, calls < 10 {
            let result = try await trial.store.clearUp(limit: 10)
            calls += 1
            trial.expect(result.returnedJobs <= 10, "A step with a limit of 10 returned \(result.returnedJobs) jobs.")
            returned += result.returnedJobs
            isIncomplete = result.isIncomplete
        }
        trial.expect(returned == 25, "Of 25 jobs \(returned) were returned in \(calls) steps.")
        let again = try await trial.store.clearUp(limit: 10)
        trial.expect(again == ClearUpResult(), "Clearing up again returned \(again).")
    }

    /// A job without a worker ends some time after its deadline, a parked one included.
    public static let overdueJobs = Self("overdueJobs", "A deadline holds without a worker.") { trial in
        var job = try trial.job(1)
        job.deadline = .afterAdding(.seconds(100))
        try await trial.store.add([job])
        trial.advance(3_000)
        try await trial.store.clearUp(limit: 10)
        let early = try await trial.store.outcome(of: job.job, tenant: nil)
        trial.expect(early == nil, "A job was ended before an hour had passed after its deadline.")
        trial.advance(800)
        let result = try await trial.store.clearUp(limit: 10)
        let outcome = try await trial.store.outcome(of: job.job, tenant: nil)
        trial.expect(result.overdueJobs == 1, "Clearing up ended \(result.overdueJobs) overdue jobs.")
        trial.expect(outcome?.end.kind == .deadline, "The outcome is \(String(describing: outcome)).")
    }
}
