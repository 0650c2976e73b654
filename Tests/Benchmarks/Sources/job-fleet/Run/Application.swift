import FetchCore
import Synchronization
import FetchJobs
import Foundation

/// The application of a run: adds the jobs, cancels and wakes some, and lets parked ones be leased again.
struct Application: Sendable {
    /// The number of seconds between two groups of jobs.
    private static let interval = 0.5

    let run: FleetContext

    /// Adds all jobs, evenly until a time.
    func addJobs(until end: Double) async throws {
        let jobs = run.provider.jobs
        let start = run.now
        try await withThrowingDiscardingTaskGroup { group in
            var added = 0
            while added < jobs.count {
                let share = (run.now - start + Self.interval) / max(end - start, Self.interval)
                let count = min(Int(Double(jobs.count) * share) + 1, jobs.count, added + 1_000)
                if count > added {
                    let new = jobs[added..<count]
                    try await add(new)
                    for job in new where job.cancellation != nil || job.webhook != nil || job.isAddedAgain {
                        group.addTask { try await followUp(job) }
                    }
                    added = count
                }
                try await Task.sleep(for: .seconds(Self.interval))
            }
        }
    }

    private func add(_ jobs: ArraySlice<FleetJob>, isAgain: Bool = false) async throws {
        if !isAgain { for job in jobs { run.provider.submit(job) } }
        let durable = try jobs.map { try $0.durable(submitted: Date()) }
        let results = try await run.untilAvailable { try await $0.add(durable) }
        run.log.withLock { log in
            for (job, result) in zip(jobs, results) { log.take(result, of: job.number, isAgain: isAgain) }
        }
    }

    private func followUp(_ job: FleetJob) async throws {
        let reference = try job.reference
        if let time = job.cancellation {
            try await Task.sleep(for: .seconds(time))
            let outcome = try await run.untilAvailable { try await $0.cancel(reference, tenant: job.tenant) }
            run.log.withLock { $0.cancellations[job.number] = outcome }
            if outcome == nil { run.report("the store doesn't know job \(job.number), which was cancelled") }
        }
        if let time = job.webhook {
            try await Task.sleep(for: .seconds(time))
            try await run.untilAvailable { try await $0.wake(reference, tenant: job.tenant) }
        }
        if job.isAddedAgain {
            try await Task.sleep(for: .seconds(job.duration * 2))
            try await add([job], isAgain: true)
        }
    }

    /// Lets parked jobs be leased again, as a person would, until it is cancelled.
    func retryParkedJobs() async throws {
        while true {
            try await Task.sleep(for: .seconds(2))
            let parked = try await run.untilAvailable { try await $0.jobs(JobPage(.parked, limit: 1_000)) }
            for job in parked where job.parkedReason != StoredJob.reasonOfDeaths {
                run.report("job \(job.job.job.id) is parked: \(job.parkedReason ?? "")")
            }
            guard !parked.isEmpty else { continue }
            let retried = try await run.untilAvailable { try await $0.retry(parked.map(\.id)) }
            run.log.withLock { $0.retried += retried.count }
        }
    }

    /// Notes the times in which the store doesn't carry out a write, until it is cancelled.
    func probe() async throws {
        let account = ProviderAccount("probe")
        while true {
            let start = run.now
            try await run.untilAvailable { try await $0.pause(account, for: .seconds(1), because: "a probe") }
            let end = run.now
            if end - start > 1 { run.log.withLock { $0.outages.append(.init(start: start, end: end)) } }
            try await Task.sleep(for: .milliseconds(500))
        }
    }
}
