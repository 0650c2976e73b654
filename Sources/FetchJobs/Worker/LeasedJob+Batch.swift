import FetchCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension LeasedJob {
    /// The shortest time for which a job is waited for that nothing has polled before its deadline.
    private static let shortestWait: Duration = .seconds(30)

    /// Adds the job to a batch. A job that another worker has polled goes on where that one stopped.
    ///
    /// - Parameters:
    ///   - batch: The batch.
    ///   - now: The date of the client's clock at ``date`` of the store's. Dates of the store become dates of that clock.
    func add(to batch: JobBatch, at now: Date) {
        let offset = now.timeIntervalSince(date)
        let submitted = stored.job.submitted.map { Submission(at: $0.date.addingTimeInterval(offset), eta: $0.eta) }
        guard let lastRequest = stored.lastRequest else {
            return batch.add(
                QueuedJob(
                    stored.job.job,
                    account: stored.job.account,
                    submitted: submitted,
                    deadline: .afterAdding(timeLeft)
                )
            )
        }
        var wait = WaitingJob(
            stored.job.job,
            account: stored.job.account,
            submitted: submitted,
            began: stored.added.addingTimeInterval(offset),
            deadline: stored.deadline.addingTimeInterval(offset),
            nextRequest: stored.notBefore.addingTimeInterval(offset)
        )
        wait.lastRequest = lastRequest.addingTimeInterval(offset)
        batch.add(wait)
    }

    /// The time until the deadline. If it has passed before anything has polled the job, a tenth of its time is added,
    /// so that a job that has ended meanwhile is found.
    private var timeLeft: Duration {
        let rest = Duration.seconds(stored.deadline.timeIntervalSince(date))
        guard rest <= .zero else { return rest }
        let all = Duration.seconds(stored.deadline.timeIntervalSince(stored.added))
        return max(rest + all / 10, Self.shortestWait)
    }
}
