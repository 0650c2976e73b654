#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

// A plan measures time with a clock that another process doesn't share, and a stored job with dates.
extension WaitingJob {
    /// Creates the stored form of a wait that is interrupted now.
    init(_ job: AccountJob, _ wait: InterruptedWait, _ context: JSONValue?, at now: Date) {
        self.init(
            job.reference,
            account: job.account,
            submitted: wait.age.map { Submission(at: now - $0.seconds, eta: wait.eta) },
            context: context,
            began: now + (wait.untilDeadline - wait.limit).seconds,
            deadline: now + wait.untilDeadline.seconds,
            nextRequest: now + wait.untilRequest.seconds
        )
        lastRequest = wait.sinceRequest.map { now - $0.seconds }
        lastPending = wait.sincePending.map { now - $0.seconds }
        expectedEnd = wait.remainingETA.map { now + $0.seconds }
        lastETA = wait.lastETA
        requests = wait.requests
    }

    /// Returns the wait to go on with now. Dates in an absurd future or past are clamped.
    func interruptedWait(at now: Date) -> InterruptedWait {
        InterruptedWait(
            age: submitted?.age(at: now),
            eta: submitted?.eta,
            remainingETA: expectedEnd.map { Self.time(from: now, to: $0) },
            lastETA: lastETA,
            limit: Self.time(from: began, to: deadline),
            untilDeadline: Self.time(from: now, to: deadline),
            untilRequest: Self.time(from: now, to: nextRequest) + Self.precisionOfDates,
            sinceRequest: lastRequest.map { Self.time(from: $0, to: now) },
            sincePending: lastPending.map { Self.time(from: $0, to: now) },
            requests: requests
        )
    }

    /// A time that makes up for the rounding of dates, so that no request is made too soon.
    private static let precisionOfDates = Duration.microseconds(1)

    /// Returns the time from one date to another, at least zero.
    private static func time(from start: Date, to end: Date) -> Duration {
        Duration(clampingSeconds: end.timeIntervalSince(start)) ?? .zero
    }
}

extension BatchSnapshot {
    /// Creates the snapshot of waits that are interrupted now.
    init(
        _ waits: [(job: AccountJob, wait: InterruptedWait)],
        _ contexts: [AccountJob: JSONValue],
        at now: Date
    ) {
        self.init(waits.map { WaitingJob($0.job, $0.wait, contexts.isEmpty ? nil : contexts[$0.job], at: now) })
    }
}
