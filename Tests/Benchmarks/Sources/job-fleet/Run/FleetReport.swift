import Measuring

/// The result of a run.
struct FleetReport: Codable {
    var benchmark = "job-fleet"
    var store: String
    var seed: UInt64
    var jobs: Int
    var workers: Int
    var minutes: Double
    var timeToLive: Double
    /// The mean time between two disturbances in seconds.
    var interval: Double
    var seconds = 0.0
    /// The requests as the provider has counted them, and the responses with a fault.
    var requests = 0
    var faults = 0
    /// The greatest number of requests in flight of an account, and the limit.
    var mostInFlight = 0
    var limit: Int
    var requestsBeyondLimit = 0
    var invalidRequests = 0
    /// The outcomes by their kinds.
    var outcomes: [String: Int] = [:]
    var killed = 0
    var suspended = 0
    var shortStops = 0
    var orderlyEnds = 0
    var slowestOrderlyEnd = 0.0
    var killedReaders = 0
    var unreadDeaths = 0
    /// The jobs that dead workers had leased, and the seconds until they were polled again.
    var jobsOfTheDead = 0
    var recoveryMedian = 0.0
    var recoveryMaximum = 0.0
    /// The seconds until they were leased again.
    var leaseMedian = 0.0
    var leaseMaximum = 0.0
    /// The jobs of deaths within whose bound no other worker died, and the seconds until they were polled again.
    var jobsOfSingleDeaths = 0
    var singleMaximum = 0.0
    var recoveryBound: Double
    var late = 0
    var excused = 0
    var addedAgain = 0
    var cancelled = 0
    var retried = 0
    var outages = 0
    var longestOutage = 0.0
    var deliveries = 0
    /// Jobs without an outcome, jobs whose outcome was recorded twice, and differences from the books.
    var lost = 0
    var doubled = 0
    var disagreements = 0
    var problems: [String] = []

    /// The lateness of jobs after a death, if it was above its bound.
    var lateness: String? {
        late > 0 ? "\(late) jobs were polled later than \(recoveryBound) s after a death" : nil
    }

    /// The other bounds that were missed, which don't depend on the speed of the machine.
    var missed: [String] {
        var missed: [String] = []
        if lost > 0 { missed.append("\(lost) jobs have no outcome") }
        if doubled > 0 { missed.append("\(doubled) outcomes were recorded twice") }
        if disagreements > 0 { missed.append("\(disagreements) outcomes differ from the provider's books") }
        if requestsBeyondLimit > 0 {
            missed.append("\(requestsBeyondLimit) requests began beyond the limit of \(limit), up to \(mostInFlight)")
        }
        if invalidRequests > 0 { missed.append("\(invalidRequests) requests were invalid") }
        return missed
    }

    /// The report as a table.
    var table: String {
        let rows: [(String, String)] = [
            (
                "\(store), seed \(seed)",
                "\(jobs) jobs, \(workers) workers, time to live \(timeToLive.shown) s, \(seconds.shown) s in all"
            ),
            ("requests", "\(requests), \(faults) faults; at most \(mostInFlight) of \(limit) in flight"),
            (
                "workers",
                "\(killed) killed, \(suspended) suspended for long, \(shortStops) shortly, "
                    + "\(orderlyEnds) ended in order, at most \(slowestOrderlyEnd.shown) s"
            ),
            (
                "polled again",
                "\(jobsOfTheDead) jobs, median \(recoveryMedian.shown) s, at most \(recoveryMaximum.shown) s, "
                    + "\(excused) beyond \(recoveryBound.shown) s after further deaths"
            ),
            (
                "",
                "\(jobsOfSingleDeaths) of them without further deaths, at most \(singleMaximum.shown) s; "
                    + "leased again: median \(leaseMedian.shown) s, at most \(leaseMaximum.shown) s"
            ),
            ("store", "\(outages) outages, at most \(longestOutage.shown) s; \(retried) jobs parked and retried"),
            ("deliveries", "\(deliveries), \(killedReaders) readers killed"),
            ("outcomes", outcomes.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")),
            ("result", "\(lost) lost, \(doubled) recorded twice, \(disagreements) wrong, \(late) late"),
        ]
        return rows.map { Report.column($0.0, 20) + $0.1 }.joined(separator: "\n")
    }
}
