package import FetchCore
import FetchDataStructures

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

extension JobStoreState {
    package mutating func takeDeliveries(limit: Int, for duration: Duration, at now: Date) -> [StoredOutcome] {
        var taken: [StoredOutcome] = []
        let end = now.addingTimeInterval(max(duration.seconds, 0.001))
        while taken.count < limit, let entry = deliveries.popFirst(where: { $0.date <= now }) {
            guard undelivered[entry.id] == entry.date, let outcome = outcomes[entry.id] else { continue }
            undelivered[entry.id] = end
            deliveries.insert(DatedJob(date: end, id: entry.id))
            taken.append(outcome)
        }
        return taken
    }

    package mutating func acknowledge(_ ids: [StoredJobID], at now: Date) {
        for id in ids where undelivered.removeValue(forKey: id) != nil {
            acknowledged.insert(DatedJob(date: now, id: id))
        }
    }

    package mutating func merge(_ durations: [EndpointName: JobDurations]) {
        for (name, new) in durations where new.weight * 1.1 >= learned[name]?.weight ?? 0 { learned[name] = new }
    }
}

// Inspection.
extension JobStoreState {
    package func overview(at now: Date) -> StoreOverview {
        StoreOverview(
            at: now,
            waitingJobs: waiting.count,
            parkedJobs: min(parkedIndex.count, StoreOverview.greatestParkedJobs),
            undeliveredOutcomes: undelivered.count,
            isEstimate: false,
            fleet: fleet(at: now)
        )
    }

    package mutating func jobs(_ page: JobPage) -> [StoredJob] {
        let ids =
            switch page.kind {
            case .waiting: waitingIndex.page(after: page.after, limit: page.limit) { [waiting] in waiting[$0] != nil }
            case .parked:
                parkedIndex.page(after: page.after, limit: page.limit) { [waiting] in
                    waiting[$0]?.parkedReason != nil
                }
            }
        return ids.compactMap { waiting[$0] }
    }

    package func outcome(of job: JobReference, tenant: String?) -> StoredOutcome? {
        outcomesByKey[JobKey(job, tenant: tenant)].flatMap { outcomes[$0] }
    }

    package var durations: [EndpointName: JobDurations] { learned }
}
