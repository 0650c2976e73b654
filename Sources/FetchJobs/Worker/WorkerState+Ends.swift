import FetchCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

// Ends, and jobs that are given back.
extension WorkerState {
    private static let reasonOfSize = """
        the job has succeeded, and its output is larger than the \(JobEnd.maximumSize) bytes of JSON that a store keeps; \
        have the provider return links, or fetch the job with a client and cancel it here
        """

    /// Takes the outcome of a job, for each stored job that it is the outcome of.
    mutating func take(_ outcome: JobOutcome, at time: Duration) -> [WorkerAction] {
        held.ids(of: PolledKey(outcome.job, outcome.account)).flatMap { id -> [WorkerAction] in
            guard let job = held[id], job.isPolled else { return [] }
            held.setPolled(id, false)
            let date = storeDate.map { $0.date.addingTimeInterval((time - $0.time).seconds) }
            // The dates of the store and the worker's own time differ by the time of a response.
            let isPastDeadline = date.map { $0.addingTimeInterval(1) >= job.deadline } ?? false
            return decide(id, JobDecision(outcome, isPastDeadline: isPastDeadline), job, at: time)
        }
    }

    private mutating func decide(
        _ id: StoredJobID,
        _ decision: JobDecision,
        _ job: HeldJob,
        at time: Duration
    ) -> [WorkerAction] {
        switch decision {
        case .end(let end):
            let (bounded, size) = end.measured
            if end.kind == .succeeded, bounded.artifacts != end.artifacts {
                writes.append(ReturnedJob(id, sinceLastRequest: .zero, parkedReason: Self.reasonOfSize))
            } else {
                writes.append(id, bounded, size: size)
            }
        case .giveBack(let delay): writes.append(ReturnedJob(id, delay: delay, sinceLastRequest: .zero))
        case .park(let reason): writes.append(ReturnedJob(id, parkedReason: reason))
        case .leaveEndpoint(let error):
            reasonForLeaving = error
            leftEndpoints.insert(job.key.job.endpoint)
            statistics.leftEndpoints.insert(job.key.job.endpoint)
            writes.append(ReturnedJob(id))
        case .pauseAccount(let duration, let reason):
            writes.append(ReturnedJob(id))
            guard let account = account(of: job) else { return [] }
            let actions = leave(account, for: settings.renewalInterval, at: time)
            guard reportedRefusals.report(account, at: time) else { return actions }
            statistics.reportedPauses += 1
            return actions + [.pauseAccount(account, duration, reason: reason)]
        }
        return []
    }

    /// Returns the ends to record and the jobs to give back next, in the order of their numbers.
    mutating func nextWrites() -> (ends: [EndedJob], returns: [ReturnedJob]) {
        (writes.nextEnds(), writes.nextReturns())
    }

    /// Notes that ends couldn't be recorded.
    mutating func recordingFailed(_ ends: [EndedJob]) { writes.recordingFailed(ends.map(\.id)) }

    /// Takes the result of recording ends.
    mutating func recorded(_ ended: [EndedJob], _ recorded: Set<StoredJobID>) -> [WorkerAction] {
        writes.recordingSucceeded()
        statistics.recordedEnds += recorded.count
        statistics.lostLeases += ended.count - recorded.count
        return ended.flatMap { drop($0.id) }
    }

    /// Takes the result of giving jobs back.
    mutating func gaveBack(_ jobs: [ReturnedJob]) -> [WorkerAction] {
        let parked = jobs.count { $0.parkedReason != nil }
        statistics.parkedJobs += parked
        statistics.returnedJobs += jobs.count - parked
        return jobs.flatMap { drop($0.id) }
    }

    /// Takes a hint.
    ///
    /// - Parameters:
    ///   - id: The job.
    ///   - isLeased: False if the worker has lost the job, since it was cancelled.
    /// - Returns: The job to poll soon, or not any more.
    mutating func take(hint id: StoredJobID, isLeased: Bool) -> [WorkerAction] {
        guard let job = held[id] else { return [] }
        guard isLeased else { return drop(id) }
        return job.isPolled ? [.wake(job.key)] : []
    }

    /// Gives back all jobs that have no end, when the worker ends in order.
    ///
    /// - Parameters:
    ///   - waits: The waits that the drained batch hasn't ended.
    ///   - now: The date of the clock with which the dates of those waits were made.
    mutating func giveBackAll(_ waits: BatchSnapshot, at now: Date) {
        var byKey: [PolledKey: WaitingJob] = [:]
        for wait in waits.jobs { byKey[PolledKey(wait.job, wait.account)] = wait }
        for id in held.ids(where: { id, _ in !writes.contains(id) }).sorted() {
            writes.append(ReturnedJob(id, held[id].flatMap { byKey[$0.key] }, at: now))
        }
    }

    /// Has the next worker go on with the wait of a job that is given back.
    ///
    /// - Parameters:
    ///   - wait: The wait that has been ended.
    ///   - now: The date of the clock with which its dates were made.
    mutating func noteSchedule(_ wait: WaitingJob, at now: Date) {
        for id in held.ids(of: PolledKey(wait.job, wait.account)) where writes.givesBackUnended(id) {
            writes.append(ReturnedJob(id, wait, at: now))
        }
    }
}

extension ReturnedJob {
    /// Creates a job to give back, for which another worker sends the next request when this one would have.
    fileprivate init(_ id: StoredJobID, _ wait: WaitingJob?, at now: Date) {
        self.init(
            id,
            delay: wait.map { .seconds(max($0.nextRequest.timeIntervalSince(now), 0)) } ?? .zero,
            sinceLastRequest: wait?.lastRequest.map { .seconds(max(now.timeIntervalSince($0), 0)) }
        )
    }
}
