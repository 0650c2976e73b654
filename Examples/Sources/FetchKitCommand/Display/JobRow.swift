import FetchCore
import FetchDownload

/// The state of one job, as a row of the display shows it.
struct JobRow: Sendable {
    /// The phases of a job.
    enum Phase: Sendable {
        /// No response was received yet.
        case added
        case pending(JobProgress)
        case retrying(FetchRetry)
        case saving(DownloadProgress)
        case ended(JobOutcome)
        case saved(SavedResult)
    }

    /// The order in which rows are shown if there are too many.
    enum Rank: CaseIterable { case saving, retrying, pending, added, ended }

    /// The name of the job.
    let name: String
    private(set) var phase = Phase.added
    /// True while a request is in flight.
    private(set) var isPolling = false
    /// The time of the next request, since the program began.
    var nextRequest: Duration?

    private let added: Duration
    private var endTime: Duration?
    private var respondedAt: Duration?
    private var moment = JobMoment()

    /// Creates the row of a job that was added at a time.
    init(_ job: JobReference, added: Duration) {
        name = job.description.printable
        self.added = added
    }

    /// Notes an event of the job.
    mutating func apply(_ event: JobEvent, at moment: JobMoment) {
        switch event.kind {
        case .added, .responded: return
        case .requested:
            isPolling = true
            return
        case .pending(let progress, _):
            (phase, self.moment, respondedAt) = (.pending(progress), moment, event.time)
        case .retry(let retry):
            phase = .retrying(retry)
            nextRequest = event.time + retry.nextRequest
        case .saving(let progress): (phase, endTime) = (.saving(progress), nil)
        case .ended(let outcome): (phase, endTime) = (.ended(outcome), event.time)
        case .saved(let result): (phase, endTime) = (.saved(result), event.time)
        }
        isPolling = false
    }

    var rank: Rank {
        switch phase {
        case .added: .added
        case .pending: .pending
        case .retrying: .retrying
        case .saving: .saving
        case .ended, .saved: .ended
        }
    }

    /// True if the job has succeeded, false if it hasn't. `nil` while it hasn't ended.
    var isSuccess: Bool? {
        switch phase {
        case .ended(let outcome): outcome.result.output != nil
        case .saved(let result): result.errors.isEmpty
        case .added, .pending, .retrying, .saving: nil
        }
    }

    /// Returns the time since the job was added, or that it took if it has ended.
    func elapsed(at now: Duration) -> Duration { (endTime ?? now) - added }

    /// Returns the completed fraction. `nil` if nothing is known.
    ///
    /// An estimate goes on between two responses, but ends only with the job, since it may be wrong.
    func fraction(at now: Duration) -> JobFraction? {
        if case .saving(let progress) = phase {
            return progress.fraction.map { JobFraction($0, source: .provider) }
        }
        guard let fraction = moment.fraction, fraction.source == .estimate, let respondedAt else {
            return moment.fraction
        }
        let age = max((respondedAt - added) / .seconds(1), 0.001)
        let total = age / max(fraction.value, 0.001)
        return JobFraction(min((age + (now - respondedAt) / .seconds(1)) / total, 0.99), source: .estimate)
    }

    /// Returns the time that the job still takes, with even odds. `nil` if nothing is known.
    func remaining(at now: Duration) -> ClosedRange<Duration>? {
        guard let remaining = moment.remaining, let respondedAt else { return nil }
        let passed = now - respondedAt
        return max(remaining.lowerBound - passed, .zero)...max(remaining.upperBound - passed, .zero)
    }
}
