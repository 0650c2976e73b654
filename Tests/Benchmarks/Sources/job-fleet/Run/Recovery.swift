import FetchJobs
import Measuring

/// The times after which jobs were polled again whose worker had died.
struct Recovery {
    /// The seconds from a death to the next request for a job by another worker, for each job of each death.
    private(set) var seconds: [Double] = []
    /// The seconds from a death to the next lease of a job by another worker, for each job of each death.
    private(set) var leased: [Double] = []
    /// The seconds to the next request, for deaths after which no other worker died and the store was available for the bound.
    private(set) var afterSingleDeaths: [Double] = []
    /// The jobs that were polled too late, as sentences.
    private(set) var late: [String] = []
    /// The number of jobs that were polled later than the bound, while the store was unavailable or further workers
    /// died, so that the bound counts from then.
    private(set) var excused = 0

    /// Compares the deaths with the books.
    ///
    /// - Parameters:
    ///   - log: The deaths.
    ///   - books: The requests.
    ///   - outcomes: The outcomes of the jobs, by their numbers.
    ///   - bound: The number of seconds after which a job should be polled again.
    init(_ log: FleetLog, _ books: ProviderRecord, _ outcomes: [Int: StoredOutcome], bound: Double) {
        for death in log.deaths {
            for job in death.jobs {
                // The end of a cancelled job needs no request, nor does one that the worker itself has still recorded.
                guard log.cancellations[job] == nil, outcomes[job]?.worker != death.worker else { continue }
                let again = Self.nextRequest(for: job, after: death, log, books)
                let lease = log.leases[job]?.first { $0.time > death.time && $0.process != death.process }
                if let lease { leased.append(lease.time - death.time) }
                let extended = Self.extendedBound(of: death, log, bound)
                if let again {
                    seconds.append(again - death.time)
                    if extended == death.time + bound { afterSingleDeaths.append(again - death.time) }
                    if again <= death.time + bound { continue }
                    if again <= extended {
                        excused += 1
                        continue
                    }
                }
                let end = again.map { "\(($0 - death.time).shown) s" } ?? "not"
                let holder = lease.map { ", leased by \($0.process) after \(($0.time - death.time).shown) s" } ?? ""
                late.append(
                    "job \(job) was polled \(end) after process \(death.process) died at \(death.time.shown) s\(holder)"
                )
            }
        }
    }

    /// Returns the time of the first request by another worker. A process that goes on after it was suspended counts
    /// as one from its next registration on.
    private static func nextRequest(
        for job: Int,
        after death: FleetLog.Death,
        _ log: FleetLog,
        _ books: ProviderRecord
    ) -> Double? {
        let anew = log.registrations[death.process]?.first { $0.time > death.time }?.time ?? .infinity
        return books.requests[job]?.first { request in
            request.time > death.time && (request.process != death.process || request.time > anew)
        }?.time
    }

    /// Returns the time until which a job should be polled again if the store was unavailable meanwhile, or if other
    /// workers died: the share of a newcomer waits for the dead ones.
    private static func extendedBound(of death: FleetLog.Death, _ log: FleetLog, _ bound: Double) -> Double {
        var limit = death.time + bound
        while true {
            let outages = log.outages.filter { $0.start <= limit && $0.end >= death.time }
            let others = log.deaths.filter { $0.time > death.time && $0.time <= limit }
            let outage = outages.map { $0.end + bound }.max() ?? 0
            let other = others.map { $0.time + bound }.max() ?? 0
            guard max(outage, other) > limit else { return limit }
            limit = max(outage, other)
        }
    }
}
