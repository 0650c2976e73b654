import FetchCore
import Measuring
import FetchJobs
import Foundation

// The comparison of the provider's books, the outcomes and the deliveries.
extension FleetReport {
    /// Adds the requests of the provider.
    mutating func add(_ books: ProviderRecord) {
        requests = books.count
        faults = books.faults
        mostInFlight = books.mostInFlight.values.max() ?? 0
        requestsBeyondLimit = books.beyondLimit.count
        invalidRequests = books.invalidRequests
        for entry in books.beyondLimit.prefix(5) {
            problems.append("\(entry.inFlight) in flight at \(entry.time.shown) s, by process \(entry.process)")
        }
    }

    /// Adds the disturbances, and the times after which jobs were polled again.
    mutating func add(_ log: FleetLog, _ recovery: Recovery) {
        killed = log.deaths.count { $0.isKilled }
        suspended = log.deaths.count - killed
        (shortStops, killedReaders, unreadDeaths) = (log.shortStops, log.killedReaders, log.unreadDeaths)
        orderlyEnds = log.orderlyEnds.count
        slowestOrderlyEnd = log.orderlyEnds.max() ?? 0
        jobsOfTheDead = recovery.seconds.count
        recoveryMedian = recovery.seconds.isEmpty ? 0 : recovery.seconds.median
        recoveryMaximum = recovery.seconds.max() ?? 0
        leaseMedian = recovery.leased.isEmpty ? 0 : recovery.leased.median
        leaseMaximum = recovery.leased.max() ?? 0
        jobsOfSingleDeaths = recovery.afterSingleDeaths.count
        singleMaximum = recovery.afterSingleDeaths.max() ?? 0
        (late, excused) = (recovery.late.count, recovery.excused)
        problems += recovery.late.prefix(5)
        (addedAgain, retried, cancelled) = (log.addedAgain, log.retried, log.cancellations.count)
        outages = log.outages.count
        longestOutage = log.outages.map { $0.end - $0.start }.max() ?? 0
        problems += log.problems
    }

    /// Compares the outcomes of the store with the jobs and with the books.
    mutating func compare(_ stored: [Int: StoredOutcome], _ jobs: [FleetJob], _ books: ProviderRecord) {
        lost = jobs.count - stored.count
        for job in jobs {
            guard let outcome = stored[job.number] else { continue }
            outcomes[outcome.end.kind.rawValue, default: 0] += 1
            let isKnown = outcome.end.kind == .cancelled || books.ended.contains(job.number)
            let early = isKnown ? nil : "job \(job.number) ended before its provider said so"
            guard let problem = early ?? job.problem(with: outcome.end) else { continue }
            disagreements += 1
            problems.append(problem)
        }
    }

    /// Compares the deliveries with the outcomes of the store.
    mutating func compare(_ delivered: [StoredOutcome], _ stored: [Int: StoredOutcome], _ log: FleetLog) {
        deliveries = delivered.count
        var missing = Set(stored.keys)
        for outcome in delivered {
            guard let number = FleetJob.number(of: outcome.job.job), let original = stored[number] else {
                disagreements += 1
                problems.append("\(outcome.job.job) was delivered, and isn't known")
                continue
            }
            missing.remove(number)
            if outcome.note != ["number": .integer(Int64(number))] || outcome.id != log.ids[number] {
                disagreements += 1
                problems.append("the delivery of job \(number) has another note or number")
            }
            if outcome.end != original.end || outcome.worker != original.worker {
                doubled += 1
                problems.append("job \(number) was delivered with two outcomes")
            }
        }
        lost += missing.count
        problems += missing.sorted().prefix(5).map { "the outcome of job \($0) wasn't delivered" }
        for (number, outcome) in log.cancellations where stored[number]?.end != outcome.end {
            doubled += 1
            problems.append("the cancellation of job \(number) had another outcome")
        }
    }

    /// Compares the application's own table with the outcomes.
    mutating func compare(_ counts: [StoredJobID: Int], _ stored: [Int: StoredOutcome]) {
        for (number, outcome) in stored {
            // The application, which cancels jobs, has no recorder.
            let expected = outcome.worker == nil ? 0 : 1
            let count = counts[outcome.id, default: 0]
            guard count != expected else { continue }
            doubled += 1
            problems.append("the recording transactions had the outcome of job \(number) \(count) times")
        }
    }
}
