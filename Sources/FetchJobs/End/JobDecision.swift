package import FetchCore

/// The decision about a leased job whose wait has ended: an error of polling isn't an end of the job.
package enum JobDecision: Sendable, Equatable {
    /// The job has ended. Its end is recorded.
    case end(JobEnd)

    /// Nothing is known about the job. It is given back, and can be leased again after a time.
    case giveBack(after: Duration)

    /// This process can't poll the endpoint, and another one may. The job is given back, and the process leases no
    /// further jobs of the endpoint.
    case leaveEndpoint(because: FetchError)

    /// The account can't be used. It is paused for all workers, and the job is given back.
    case pauseAccount(for: Duration, reason: String)

    /// A request can't help, for a reason that a person has to look at. The job is parked.
    case park(reason: String)
}

extension JobDecision {
    /// The time after which a job can be leased again if its server didn't ask for another one.
    private static let usualDelay: Duration = .seconds(60)

    /// The range to which the time is clamped that a server asks for.
    private static let delays: ClosedRange<Duration> = .seconds(10) ... .seconds(3_600)

    /// The time for which an account is paused whose key the provider refuses. After that, a few requests try again.
    private static let pauseOfRefusedAccount: Duration = .seconds(900)

    /// The time for which an account is paused whose key can't be had at the moment.
    private static let pauseWithoutKey: Duration = .seconds(60)

    /// Decides about a job by the outcome of its wait.
    ///
    /// - Parameters:
    ///   - outcome: The outcome of a batch.
    ///   - isPastDeadline: True if the deadline of the stored job has passed. The batch may have had an earlier one.
    package init(_ outcome: JobOutcome, isPastDeadline: Bool) {
        switch outcome.result {
        case .succeeded(let output):
            self = .end(
                JobEnd(
                    .succeeded,
                    artifacts: output.outputArtifacts,
                    duration: output.outputDuration,
                    requests: outcome.requests
                )
            )
        case .failed(let error), .unknown(let error):
            self.init(error, requests: outcome.requests, isPastDeadline: isPastDeadline)
        }
    }

    /// Decides about a job by the error that ended its wait.
    package init(_ error: FetchError, requests: Int = 0, isPastDeadline: Bool) {
        func end(_ kind: JobEnd.Kind) -> Self { .end(JobEnd(kind, error: error, requests: requests)) }
        switch error.code {
        case .jobFailed: self = end(JobEnd.Kind(error.failure?.reason ?? .failed))
        case .jobNotFound where !error.hasJobEnded: self = end(.gone)
        case .outputExpired, .jobNotFound: self = end(.expired)
        case .deadlineExceeded: self = isPastDeadline ? end(.deadline) : .giveBack(after: Self.delays.lowerBound)
        case .unauthorized, .missingKey, .malformedKey, .paymentRequired:
            self = .pauseAccount(for: Self.pauseOfRefusedAccount, reason: error.message)
        case .credentialsUnavailable: self = .pauseAccount(for: Self.pauseWithoutKey, reason: error.message)
        case .unknownEndpoint, .malformedEndpoint, .transportUnavailable: self = .leaveEndpoint(because: error)
        case .malformedResponse, .serverError, .rateLimited, .temporarilyRefused, .intercepted, .connectionFailed,
            .requestTimeout:
            self = .giveBack(after: Self.delay(error))
        default: self.init(other: error, requests: requests)
        }
    }

    /// Decides by what the error says of itself, for codes without a rule of their own.
    private init(other error: FetchError, requests: Int) {
        if error.isRetryable {
            self = .giveBack(after: Self.delay(error))
        } else if case .failed = JobResult(error) {
            let response = error.unreadResponse.map(StoredResponse.init)
            self = .end(JobEnd(.unusable, error: error, requests: requests, response: response))
        } else {
            self = .park(reason: "\(error.message) (\(error.code))")
        }
    }

    private static func delay(_ error: FetchError) -> Duration {
        min(max(error.retryAfter ?? usualDelay, delays.lowerBound), delays.upperBound)
    }
}

extension JobEnd.Kind {
    /// Creates the kind of an end from the provider's reason.
    init(_ reason: JobFailure.Reason) {
        self =
            switch reason {
            case .failed: .failed
            case .cancelled: .cancelled
            case .expired: .expired
            case .moderated: .moderated
            }
    }
}
