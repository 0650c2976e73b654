package import FetchCore
package import Foundation

/// The times of the jobs that are waited for, from which the completed fraction and the remaining time are estimated.
package struct JobTimes: Sendable {
    private struct Times {
        var added: Duration
        /// The age of the job when it was added. Zero if its submission isn't known.
        var firstAge: Duration = .zero
        var expectedAge: Duration?
        var lastETA: Duration?
    }

    private var times: [JobReference: Times] = [:]

    /// Creates times of no job.
    package init() {}

    /// Notes that a job was added.
    ///
    /// - Parameters:
    ///   - job: The job.
    ///   - time: The time since the program began.
    ///   - submission: What is known of the job's submission.
    ///   - date: The current date.
    /// - Returns: False if the job is waited for already.
    package mutating func add(
        _ job: JobReference,
        at time: Duration,
        _ submission: Submission?,
        date: Date = Date()
    ) -> Bool {
        guard times[job] == nil else { return false }
        var entry = Times(added: time)
        if let submission {
            let age = min(max(date.timeIntervalSince(submission.date), 0), 1e9)
            (entry.firstAge, entry.lastETA, entry.expectedAge) = (.seconds(age), submission.eta, submission.eta)
        }
        times[job] = entry
        return true
    }

    /// Returns the moment of a pending response.
    ///
    /// - Parameters:
    ///   - job: The job.
    ///   - progress: The progress in the response.
    ///   - time: The time since the program began.
    ///   - durations: What was learned of the endpoint's jobs.
    /// - Returns: The moment, with the estimates.
    package mutating func pending(
        _ job: JobReference,
        _ progress: JobProgress,
        at time: Duration,
        _ durations: JobDurations?
    ) -> JobMoment {
        var entry = times[job] ?? Times(added: time)
        let age = entry.firstAge + time - entry.added
        // A repeated ETA is not a new estimate: the server isn't counting down.
        if let eta = progress.eta, eta != entry.lastETA {
            (entry.lastETA, entry.expectedAge) = (eta, age + eta)
        }
        times[job] = entry
        let update = FetchUpdate<Never>(
            state: .pending(progress),
            moment: PollingMoment(age: age, expectedAge: entry.expectedAge, durations: durations)
        )
        return JobMoment(
            elapsed: time - entry.added,
            fraction: update.fraction,
            remaining: update.expectedRemaining
        )
    }

    /// Returns the moment of any other event.
    package func moment(of job: JobReference, at time: Duration) -> JobMoment {
        JobMoment(elapsed: times[job].map { time - $0.added } ?? .zero)
    }

    /// Forgets a job.
    package mutating func remove(_ job: JobReference) { times[job] = nil }
}
